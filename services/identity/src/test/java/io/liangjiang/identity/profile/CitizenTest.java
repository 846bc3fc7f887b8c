package io.liangjiang.identity.profile;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.Citizen;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.GetMeRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.VerifiedCitizen;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class CitizenTest {
  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  SessionService sessions;

  @ConfigProperty(name = "test.outside.url")
  String outside;

  @Inject MutableClock clock;
  @Inject Tables tables;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private String newCitizen() {
    return SignedIn.citizen(sessions).getCitizen().getCitizenId();
  }

  private CitizenService as(String citizenId) {
    return TestCalls.as(
        citizens, TestTokens.citizen(UUID.fromString(citizenId), AssuranceLevel.BASIC));
  }

  private Uni<VerifiedCitizen> verifying(String citizenId, String name, String number) {
    return as(citizenId)
        .verifyRealName(
            VerifyRealNameRequest.newBuilder()
                .setRequestId(id())
                .setName(name)
                .setIdNumber(number)
                .build());
  }

  private VerifiedCitizen verify(String citizenId, String name, String number) {
    return await(verifying(citizenId, name, number));
  }

  private String refusal(String citizenId, String name, String number) {
    return TestCalls.reason(catchThrowable(() -> verify(citizenId, name, number)));
  }

  private String bureauCalls() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(outside + "/calls")).GET().build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void showsTheProfile() {
    var tokens = SignedIn.citizen(sessions);
    Citizen me =
        await(as(tokens.getCitizen().getCitizenId()).getMe(GetMeRequest.getDefaultInstance()));
    assertThat(me).isEqualTo(tokens.getCitizen());
  }

  @Test
  void knowsNobodyWhoNeverSignedIn() {
    var refusal =
        catchThrowable(
            () -> await(as(UUID.randomUUID().toString()).getMe(GetMeRequest.getDefaultInstance())));
    assertThat(TestCalls.reason(refusal)).isEqualTo("CITIZEN_NOT_FOUND");
  }

  @Test
  void raisesTheLevelAndMasksTheName() {
    String citizen = newCitizen();
    var verified = verify(citizen, "李雨桐", TestNumbers.random());
    assertThat(verified.getAssuranceLevel()).isEqualTo(AssuranceLevel.REAL_NAME);
    assertThat(verified.getDisplayName()).isEqualTo("李**");
    assertThat(verified.getCitizenId()).isEqualTo(citizen);
    var me = await(as(citizen).getMe(GetMeRequest.getDefaultInstance()));
    assertThat(me.getAssuranceLevel()).isEqualTo(AssuranceLevel.REAL_NAME);
    assertThat(
            tables.count(
                "select count(*) from outbox_event where event_type = 'identity.CitizenVerified'"
                    + " and subject = $1",
                citizen))
        .isEqualTo(1);
  }

  @Test
  void refusesAWrongNumberBeforeTheBureauIsAsked() throws Exception {
    String citizen = newCitizen();
    String right = TestNumbers.random();
    char wrong = right.charAt(17) == '1' ? '2' : '1';
    String before = bureauCalls();
    assertThat(refusal(citizen, "李雨桐", right.substring(0, 17) + wrong))
        .isEqualTo("INVALID_ID_NUMBER");
    assertThat(refusal(citizen, "李雨桐", "1")).isEqualTo("INVALID_ID_NUMBER");
    assertThat(bureauCalls()).isEqualTo(before);
  }

  @Test
  void saysWhatTheBureauSays() {
    String citizen = newCitizen();
    assertThat(refusal(citizen, "错名", TestNumbers.random())).isEqualTo("REAL_NAME_MISMATCH");
    assertThat(refusal(citizen, "无此人", TestNumbers.random())).isEqualTo("REAL_NAME_UNKNOWN");
    assertThat(refusal(citizen, "停机", TestNumbers.random()))
        .isEqualTo("REAL_NAME_BUREAU_UNAVAILABLE");
    assertThat(await(as(citizen).getMe(GetMeRequest.getDefaultInstance())).getAssuranceLevel())
        .isEqualTo(AssuranceLevel.BASIC);
  }

  @Test
  void answersTheSameAgainWithoutTheBureau() throws Exception {
    String citizen = newCitizen();
    String number = TestNumbers.random();
    var first = verify(citizen, "王佳怡", number);
    String before = bureauCalls();
    assertThat(verify(citizen, "王佳怡", number)).isEqualTo(first);
    assertThat(bureauCalls()).isEqualTo(before);
    assertThat(refusal(citizen, "王佳怡", TestNumbers.random())).isEqualTo("ALREADY_VERIFIED");
    assertThat(refusal(citizen, "王佳", number)).isEqualTo("ALREADY_VERIFIED");
  }

  @Test
  void givesOneNumberToOneCitizenOnly() {
    String number = TestNumbers.random();
    verify(newCitizen(), "张志强", number);
    String second = newCitizen();
    assertThat(refusal(second, "张志强", number)).isEqualTo("ID_NUMBER_TAKEN");
    assertThat(await(as(second).getMe(GetMeRequest.getDefaultInstance())).getAssuranceLevel())
        .isEqualTo(AssuranceLevel.BASIC);
  }

  @Test
  void givesOneNumberToOneOfManyWhoAskAtOnce() {
    String number = TestNumbers.random();
    List<Uni<Boolean>> calls =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    verifying(newCitizen(), "张志强", number)
                        .replaceWith(true)
                        .onFailure()
                        .recoverWithItem(false))
            .toList();
    assertThat(await(Uni.join().all(calls).andFailFast())).containsOnlyOnce(true);
  }

  @Test
  void limitsTriesInADay() {
    String citizen = newCitizen();
    for (int i = 0; i < 5; i++) {
      assertThat(refusal(citizen, "错名", TestNumbers.random())).isEqualTo("REAL_NAME_MISMATCH");
    }
    assertThat(refusal(citizen, "李雷", TestNumbers.random())).isEqualTo("TOO_MANY_ATTEMPTS");
    clock.advance(Duration.ofHours(24));
    assertThat(verify(citizen, "李雷", TestNumbers.random()).getAssuranceLevel())
        .isEqualTo(AssuranceLevel.REAL_NAME);
  }

  @Test
  void keepsNeitherNameNorNumberInTheClear() {
    String number = TestNumbers.random();
    String name = "欧阳" + (char) ('一' + Math.floorMod(UUID.randomUUID().hashCode(), 20_000));
    verify(newCitizen(), name, number);
    for (String table : List.of("real_name", "citizen", "idempotency_record", "outbox_event")) {
      for (String secret : List.of(number, name)) {
        assertThat(
                tables.count(
                    "select count(*) from "
                        + table
                        + " t where t::text like '%' || $1 || '%' or t::text like '%' ||"
                        + " encode(convert_to($1, 'UTF8'), 'hex') || '%'",
                    secret))
            .as("%s in %s", secret, table)
            .isZero();
      }
    }
  }

  @Test
  void refusesWrongInput() {
    String citizen = newCitizen();
    assertThat(refusal(citizen, "李", TestNumbers.random())).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(citizen, "李".repeat(51), TestNumbers.random()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(citizen, "李雷", "")).isEqualTo("INVALID_ARGUMENT");
    var noRequestId = VerifyRealNameRequest.newBuilder().setName("李雷").setIdNumber("1").build();
    assertThat(
            TestCalls.reason(catchThrowable(() -> await(as(citizen).verifyRealName(noRequestId)))))
        .isEqualTo("INVALID_REQUEST_ID");
  }
}
