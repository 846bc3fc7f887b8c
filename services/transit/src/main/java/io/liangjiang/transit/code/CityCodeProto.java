package io.liangjiang.transit.code;

import com.google.protobuf.ByteString;
import io.liangjiang.citycode.CityCodeIssuer.IssuedCode;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.key.KeyRing.Published;
import io.liangjiang.transit.v1.CityCode;
import io.liangjiang.transit.v1.CityCodeKey;
import io.liangjiang.transit.v1.CityCodeRevocation;
import io.liangjiang.transit.v1.RevokeMyCityCodesResponse;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Codes, keys and revocations as the contract writes them. */
final class CityCodeProto {
  private static final String ALGORITHM = "Ed25519";

  private CityCodeProto() {}

  static CityCode toProto(IssuedCode code) {
    return CityCode.newBuilder()
        .setCode(code.text())
        .setIssueTime(ProtoTime.timestamp(code.claims().issueTime()))
        .setExpireTime(ProtoTime.timestamp(code.claims().expireTime()))
        .build();
  }

  static CityCodeKey toProto(Published key) {
    CityCodeKey.Builder proto =
        CityCodeKey.newBuilder()
            .setKeyId(key.key().keyIdHex())
            .setAlgorithm(ALGORITHM)
            .setPublicKey(ByteString.copyFrom(key.encoded()))
            .setSignStartTime(ProtoTime.timestamp(key.signStartTime()));
    key.acceptEndTime().map(ProtoTime::timestamp).ifPresent(proto::setAcceptEndTime);
    return proto.build();
  }

  static CityCodeRevocation toProto(Revocation revocation) {
    Long nonce = revocation.nonce();
    UUID citizenId = revocation.citizenId();
    return CityCodeRevocation.newBuilder()
        .setNonce(nonce == null ? "" : HexFormat.of().toHexDigits(nonce.longValue()))
        .setCitizenId(citizenId == null ? "" : citizenId.toString())
        .setReason(CityCodeRevocation.Reason.valueOf(revocation.reason().name()))
        .setRevokeTime(ProtoTime.timestamp(revocation.revokeTime()))
        .setExpireTime(ProtoTime.timestamp(revocation.expireTime()))
        .build();
  }

  static RevokeMyCityCodesResponse revokedAt(Instant time) {
    return RevokeMyCityCodesResponse.newBuilder().setRevokeTime(ProtoTime.timestamp(time)).build();
  }
}
