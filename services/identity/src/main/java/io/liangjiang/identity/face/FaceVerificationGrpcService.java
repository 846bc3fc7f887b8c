package io.liangjiang.identity.face;

import io.liangjiang.identity.profile.VerifiedCitizenProto;
import io.liangjiang.identity.session.SessionTokenIssuer;
import io.liangjiang.identity.v1.BeginFaceVerificationRequest;
import io.liangjiang.identity.v1.FaceVerification;
import io.liangjiang.identity.v1.FaceVerificationService;
import io.liangjiang.identity.v1.FinishFaceVerificationRequest;
import io.liangjiang.identity.v1.VerifiedCitizen;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The contract of face verification. */
@GrpcService
public class FaceVerificationGrpcService implements FaceVerificationService {
  private final FaceVerifications verifications;
  private final SessionTokenIssuer issuer;

  FaceVerificationGrpcService(FaceVerifications verifications, SessionTokenIssuer issuer) {
    this.verifications = verifications;
    this.issuer = issuer;
  }

  @Override
  public Uni<FaceVerification> beginFaceVerification(BeginFaceVerificationRequest request) {
    UUID id = Violations.requestId(request.getRequestId());
    UUID citizenId = UUID.fromString(Caller.current().subject());
    return verifications.begin(id, citizenId).map(FaceVerificationGrpcService::proto);
  }

  @Override
  public Uni<VerifiedCitizen> finishFaceVerification(FinishFaceVerificationRequest request) {
    Caller caller = Caller.current();
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireUuid(request.getFaceVerificationId(), "face_verification_id")
        .throwIfAny();
    UUID id = UUID.fromString(request.getFaceVerificationId());
    return verifications
        .finish(id, UUID.fromString(caller.subject()))
        .chain(
            citizen ->
                issuer
                    .renewed(caller, citizen, AssuranceLevel.FACE)
                    .map(token -> VerifiedCitizenProto.verified(citizen, token)));
  }

  private static FaceVerification proto(Verification verification) {
    return FaceVerification.newBuilder()
        .setFaceVerificationId(verification.id().toString())
        .setTicket(verification.ticket())
        .setExpireTime(ProtoTime.timestamp(verification.expireTime()))
        .build();
  }
}
