package io.liangjiang.identity.session;

import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.passkey.PasskeyAnswer;
import io.liangjiang.identity.signing.AccessTokens.AccessToken;
import io.liangjiang.identity.v1.StepUpRequest;
import io.liangjiang.identity.v1.StepUpResponse;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.UUID;

/** Proofs as the wire has them. */
final class StepUpProto {
  private static final int MAX_APP_ID = 64;
  private static final int MAX_CODE = 128;
  private static final int MAX_PASSWORD = 128;
  private static final int MAX_CREDENTIAL = 16_384;

  private StepUpProto() {}

  /** Errors: INVALID_ARGUMENT. */
  static FreshProofs.Given proof(StepUpRequest request) {
    return switch (request.getProofCase()) {
      case MINI_PROGRAM -> miniProgram(request.getMiniProgram());
      case SMS -> sms(request.getSms());
      case PASSKEY ->
          new FreshProofs.ByPasskey(
              answer(
                  request.getPasskey().getChallengeId(), request.getPasskey().getCredentialJson()));
      case PASSWORD -> password(request.getPassword());
      case PROOF_NOT_SET ->
          throw new ServiceException(PlatformReason.INVALID_ARGUMENT, "a proof is needed")
              .violation("proof", "must be given");
    };
  }

  /** Errors: INVALID_ARGUMENT. */
  static PasskeyAnswer answer(String challengeId, String credentialJson) {
    new Violations()
        .requireUuid(challengeId, "challenge_id")
        .require(
            !credentialJson.isEmpty() && credentialJson.length() <= MAX_CREDENTIAL,
            "credential_json",
            "must have 1 to 16384 characters")
        .throwIfAny();
    return new PasskeyAnswer(UUID.fromString(challengeId), credentialJson);
  }

  static StepUpResponse response(Session session, AccessToken token) {
    Instant time = session.authentication().time();
    return StepUpResponse.newBuilder()
        .setAuthTime(ProtoTime.timestamp(time))
        .setFreshUntilTime(ProtoTime.timestamp(time.plus(StepUps.FRESH)))
        .setAccessToken(token.token())
        .setExpiresInSeconds(token.expiresInSeconds())
        .build();
  }

  private static FreshProofs.Given miniProgram(StepUpRequest.MiniProgramProof proof) {
    new Violations()
        .requireText(proof.getAppId(), 1, MAX_APP_ID, "app_id")
        .requireText(proof.getJsCode(), 1, MAX_CODE, "js_code")
        .throwIfAny();
    return new FreshProofs.ByMiniProgram(proof.getAppId(), proof.getJsCode());
  }

  private static FreshProofs.Given sms(StepUpRequest.SmsProof proof) {
    new Violations()
        .require(proof.getCode().matches("[0-9]{6}"), "code", "must be 6 digits")
        .throwIfAny();
    return new FreshProofs.BySms(
        PhoneNumber.require(proof.getPhoneNumber(), "phone_number"), proof.getCode());
  }

  private static FreshProofs.Given password(String password) {
    new Violations().requireText(password, 1, MAX_PASSWORD, "password").throwIfAny();
    return new FreshProofs.ByPassword(password);
  }
}
