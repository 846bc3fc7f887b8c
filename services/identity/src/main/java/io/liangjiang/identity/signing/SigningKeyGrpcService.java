package io.liangjiang.identity.signing;

import io.liangjiang.identity.masterkey.MasterKeyRotation;
import io.liangjiang.identity.v1.GetMasterKeyRotationRequest;
import io.liangjiang.identity.v1.ListSigningKeysRequest;
import io.liangjiang.identity.v1.ListSigningKeysResponse;
import io.liangjiang.identity.v1.RotateSigningKeyRequest;
import io.liangjiang.identity.v1.SigningKeyService;
import io.liangjiang.platform.caller.Caller;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of the signing keys. */
@GrpcService
public class SigningKeyGrpcService implements SigningKeyService {
  private final SigningKeys keys;
  private final MasterKeyRotation masterKey;

  SigningKeyGrpcService(SigningKeys keys, MasterKeyRotation masterKey) {
    this.keys = keys;
    this.masterKey = masterKey;
  }

  @Override
  public Uni<io.liangjiang.identity.v1.MasterKeyRotation> getMasterKeyRotation(
      GetMasterKeyRotationRequest request) {
    return masterKey.progress().map(SigningKeyProto::progress);
  }

  @Override
  public Uni<ListSigningKeysResponse> listSigningKeys(ListSigningKeysRequest request) {
    return keys.published().map(SigningKeyProto::list);
  }

  @Override
  public Uni<io.liangjiang.identity.v1.SigningKey> rotateSigningKey(
      RotateSigningKeyRequest request) {
    return keys.rotate(
        Caller.current(),
        request.getRequestId(),
        request,
        io.liangjiang.identity.v1.SigningKey.getDefaultInstance(),
        SigningKeyProto::key);
  }
}
