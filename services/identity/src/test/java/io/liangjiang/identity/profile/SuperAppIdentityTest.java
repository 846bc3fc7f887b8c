package io.liangjiang.identity.profile;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.openId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.GetSuperAppIdentityRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.quarkus.grpc.GrpcClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Payments learns by what the channel's mini-program knows a payer's phone, and nobody else does.
 */
@IdentityTest
class SuperAppIdentityTest {
  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  AccessRecordService accessRecords;

  @Test
  void tellsThePhoneOfTheSessionBeforeTheNewest() {
    String phone = "phone.139%08d.".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    String first = openId();
    String second = openId();
    SessionTokens before = signIn(first, phone + UUID.randomUUID());
    SessionTokens after = signIn(second, phone + UUID.randomUUID());
    String citizen = before.getCitizen().getCitizenId();
    assertThat(after.getCitizen().getCitizenId()).isEqualTo(citizen);

    assertThat(ask(citizen, before.getSessionId())).isEqualTo(first);
    assertThat(ask(citizen, after.getSessionId())).isEqualTo(second);
    assertThat(ask(citizen, "")).isEqualTo(second);
    assertThat(ask(citizen, UUID.randomUUID().toString())).isEqualTo(second);
  }

  @Test
  void tellsNothingOfASessionOfSomebodyElse() {
    SessionTokens mine = signIn(openId(), "");
    String others = openId();
    SessionTokens somebody = signIn(others, "");

    assertThat(ask(mine.getCitizen().getCitizenId(), somebody.getSessionId())).isNotEqualTo(others);
  }

  @Test
  void saysTheSameOfStrangersAndOfThoseWhoNeverSignedInThere() {
    String citizen = signIn(openId(), "").getCitizen().getCitizenId();

    assertThat(refusal("payments", request(citizen, "wx-another", "")))
        .isEqualTo("SUPER_APP_NOT_LINKED");
    assertThat(refusal("payments", request(UUID.randomUUID().toString(), "wx-another", "")))
        .isEqualTo("SUPER_APP_NOT_LINKED");
  }

  @Test
  void tellsPaymentsAlone() {
    String citizen = signIn(openId(), "").getCitizen().getCitizenId();
    var question = request(citizen, DevelopmentCity.APP_ID, "");

    assertThat(refusal("tourism", question)).isEqualTo("PERMISSION_DENIED");
    assertThat(refusal("identity", question)).isEqualTo("PERMISSION_DENIED");
    assertThat(refusal("payments", question)).isEmpty();
  }

  @Test
  void refusesWhatIsNoQuestion() {
    String citizen = UUID.randomUUID().toString();

    for (var wrong :
        List.of(
            request("somebody", DevelopmentCity.APP_ID, ""),
            request(citizen, "", ""),
            request(citizen, "w".repeat(65), ""),
            request(citizen, DevelopmentCity.APP_ID, "yesterday"))) {
      assertThat(refusal("payments", wrong)).isEqualTo("INVALID_ARGUMENT");
    }
  }

  @Test
  void theCitizenSeesThatPaymentsAsked() {
    String citizen = signIn(openId(), "").getCitizen().getCitizenId();
    ask(citizen, "");

    var token = TestTokens.citizen(UUID.fromString(citizen), AssuranceLevel.BASIC);
    List<AccessRecord> records =
        await(
                TestCalls.as(accessRecords, token)
                    .listAccessRecords(ListAccessRecordsRequest.getDefaultInstance()))
            .getAccessRecordsList();
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().getDataKind()).isEqualTo("super-app-identity");
    assertThat(records.getFirst().getResourceId()).isEqualTo(DevelopmentCity.APP_ID);
  }

  private SessionTokens signIn(String openId, String phoneCode) {
    return await(
        sessions.signInWithMiniProgram(
            SignedIn.request(code(openId)).setPhoneCode(phoneCode).build()));
  }

  private String ask(String citizenId, String sessionId) {
    return await(
            TestCalls.as(citizens, TestTokens.service("payments"))
                .getSuperAppIdentity(request(citizenId, DevelopmentCity.APP_ID, sessionId)))
        .getOpenId();
  }

  private String refusal(String service, GetSuperAppIdentityRequest question) {
    return TestCalls.reason(
        catchThrowable(
            () ->
                await(
                    TestCalls.as(citizens, TestTokens.service(service))
                        .getSuperAppIdentity(question))));
  }

  private static GetSuperAppIdentityRequest request(
      String citizenId, String appId, String sessionId) {
    return GetSuperAppIdentityRequest.newBuilder()
        .setCitizenId(citizenId)
        .setAppId(appId)
        .setSessionId(sessionId)
        .build();
  }
}
