package io.liangjiang.identity.face;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.BeginFaceVerificationRequest;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.ConsentService;
import io.liangjiang.identity.v1.FaceVerification;
import io.liangjiang.identity.v1.FaceVerificationService;
import io.liangjiang.identity.v1.FinishFaceVerificationRequest;
import io.liangjiang.identity.v1.GiveConsentRequest;
import io.liangjiang.identity.v1.PublishConsentAgreementRequest;
import io.liangjiang.identity.v1.PublishDataPolicyRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.VerifiedCitizen;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.identity.v1.WithdrawConsentRequest;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class FaceVerificationTest {
  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  ConsentService consents;

  @GrpcClient("self")
  FaceVerificationService faces;

  @Inject Tables tables;
  @Inject MutableClock clock;

  private final String agreementId = "face-" + UUID.randomUUID();

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** Somebody who proved that name. */
  private String citizen(String name) {
    String citizen = SignedIn.citizen(sessions).getCitizen().getCitizenId();
    await(
        TestCalls.as(citizens, token(citizen))
            .verifyRealName(
                VerifyRealNameRequest.newBuilder()
                    .setRequestId(id())
                    .setName(name)
                    .setIdNumber(TestNumbers.random())
                    .build()));
    return citizen;
  }

  private static String token(String citizen) {
    return TestTokens.citizen(UUID.fromString(citizen), AssuranceLevel.REAL_NAME);
  }

  private void consent(String citizen, String... dataKinds) {
    ConsentService admin = TestCalls.as(consents, TestTokens.staff("admin", ""));
    await(
        admin.publishDataPolicy(
            PublishDataPolicyRequest.newBuilder()
                .setRequestId(id())
                .setDataPolicyId("face-data")
                .setTitle("人脸")
                .setTextUrl("https://city.example/face")
                .setJurisdictionCode("CN")
                .build()));
    int revision =
        await(
                admin.publishConsentAgreement(
                    PublishConsentAgreementRequest.newBuilder()
                        .setRequestId(id())
                        .setConsentAgreementId(agreementId)
                        .setDataPolicyId("face-data")
                        .setPurpose("人脸核验")
                        .addAllDataKinds(List.of(dataKinds))
                        .addRecipients("face-provider")
                        .build()))
            .getRevision();
    await(
        TestCalls.as(consents, token(citizen))
            .giveConsent(
                GiveConsentRequest.newBuilder()
                    .setRequestId(id())
                    .setConsentAgreementId(agreementId)
                    .setConsentAgreementRevision(revision)
                    .build()));
  }

  private Uni<FaceVerification> begin(String citizen, String requestId) {
    return TestCalls.as(faces, token(citizen))
        .beginFaceVerification(
            BeginFaceVerificationRequest.newBuilder().setRequestId(requestId).build());
  }

  private Uni<VerifiedCitizen> finish(String citizen, FaceVerification verification) {
    return TestCalls.as(faces, token(citizen))
        .finishFaceVerification(
            FinishFaceVerificationRequest.newBuilder()
                .setRequestId(id())
                .setFaceVerificationId(verification.getFaceVerificationId())
                .build());
  }

  private static String refusal(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  private String level(String citizen) {
    return tables
        .rows("select assurance_level from citizen where citizen_id = $1", UUID.fromString(citizen))
        .getFirst()
        .getString(0);
  }

  @Test
  void raisesWhomTheCameraSaw() {
    String citizen = citizen("陈晓梅");
    consent(citizen, "face");
    FaceVerification verification = await(begin(citizen, id()));

    assertThat(await(finish(citizen, verification)).getAssuranceLevel())
        .isEqualTo(AssuranceLevel.FACE);
    assertThat(await(finish(citizen, verification)).getAssuranceLevel())
        .isEqualTo(AssuranceLevel.FACE);
    assertThat(level(citizen)).isEqualTo("FACE");
    assertThat(
            tables.count(
                "select count(*) from audit_record where action = 'face.verified' and subject = $1",
                citizen))
        .isPositive();
  }

  @Test
  void leavesWhomItDidNotSeeAsTheyWere() {
    assertThat(afterwards("换脸")).isEqualTo("FACE_MISMATCH REAL_NAME");
    assertThat(afterwards("未到")).isEqualTo("FACE_NOT_SHOWN REAL_NAME");
    assertThat(afterwards("断网")).isEqualTo("FACE_PROVIDER_UNAVAILABLE REAL_NAME");
  }

  private String afterwards(String name) {
    String citizen = citizen(name);
    consent(citizen, "face");
    FaceVerification verification = await(begin(citizen, id()));
    return refusal(finish(citizen, verification)) + " " + level(citizen);
  }

  @Test
  void needsAConsentThatIsAboutNothingElse() {
    String citizen = citizen("陈晓梅");
    assertThat(refusal(begin(citizen, id()))).isEqualTo("FACE_CONSENT_REQUIRED");

    consent(citizen, "face", "ride");

    assertThat(refusal(begin(citizen, id()))).isEqualTo("FACE_CONSENT_REQUIRED");
  }

  @Test
  void aWithdrawnConsentEndsWhatWasBegun() {
    String citizen = citizen("陈晓梅");
    consent(citizen, "face");
    FaceVerification verification = await(begin(citizen, id()));
    await(
        TestCalls.as(consents, token(citizen))
            .withdrawConsent(
                WithdrawConsentRequest.newBuilder()
                    .setRequestId(id())
                    .setConsentAgreementId(agreementId)
                    .build()));

    assertThat(refusal(finish(citizen, verification))).isEqualTo("FACE_CONSENT_REQUIRED");
    assertThat(level(citizen)).isEqualTo("REAL_NAME");
  }

  @Test
  void beginsOnceARequestAndFiveTimesADay() {
    String citizen = citizen("陈晓梅");
    consent(citizen, "face");
    String requestId = id();
    FaceVerification first = await(begin(citizen, requestId));
    for (int i = 0; i < 4; i++) {
      await(begin(citizen, id()));
    }

    assertThat(await(begin(citizen, requestId))).isEqualTo(first);
    assertThat(refusal(begin(citizen, id()))).isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void isNobodyElsesAndOverAfterTenMinutes() {
    String citizen = citizen("陈晓梅");
    consent(citizen, "face");
    String other = citizen("李雷");
    consent(other, "face");
    String requestId = id();
    FaceVerification verification = await(begin(citizen, requestId));

    assertThat(refusal(begin(other, requestId))).isEqualTo("REQUEST_ID_REUSED");
    assertThat(refusal(finish(other, verification))).isEqualTo("FACE_VERIFICATION_NOT_FOUND");
    clock.advance(Verification.LIFE.plus(Duration.ofSeconds(1)));
    assertThat(refusal(finish(citizen, verification))).isEqualTo("FACE_VERIFICATION_NOT_FOUND");
  }
}
