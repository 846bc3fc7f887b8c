package io.liangjiang.identity.staff;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Metadata;
import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInStaffRequest;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcClientUtils;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class StaffSignInTest {
  @GrpcClient("self")
  SessionService sessions;

  @Inject MutableClock clock;
  @Inject Tables tables;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private SessionService from(String address) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-client-address", Metadata.ASCII_STRING_MARSHALLER), address);
    return GrpcClientUtils.attachHeaders(sessions, headers);
  }

  private static SignInStaffRequest.Builder request(String username, String password) {
    return SignInStaffRequest.newBuilder()
        .setRequestId(id())
        .setUsername(username)
        .setPassword(password);
  }

  private String refusal(String address, SignInStaffRequest.Builder request) {
    return TestCalls.reason(
        catchThrowable(() -> await(from(address).signInStaff(request.build()))));
  }

  @Test
  void signsTheDevelopmentCitysStaffInWithRoleAndOrganisation() {
    var gate = SignedIn.staff(sessions, "gate");
    assertThat(gate.getStaff().getRolesList()).containsExactly("gate");
    assertThat(gate.getStaff().getOrganisationId()).isEqualTo("wulong-tourism");
    assertThat(gate.hasCitizen()).isFalse();
    assertThat(SignedIn.staff(sessions, "merchant").getStaff().getOrganisationId())
        .isEqualTo("wulong-tourism");
    assertThat(SignedIn.staff(sessions, "hospital-desk").getStaff().getOrganisationId())
        .isEqualTo("chongqing-children-hospital");
    assertThat(SignedIn.staff(sessions, "bus-operator").getStaff().getOrganisationId())
        .isEqualTo("liangjiang-bus");
    assertThat(SignedIn.staff(sessions, "auditor").getStaff().getOrganisationId()).isEmpty();
    assertThat(SignedIn.staff(sessions, "admin").getStaff().getRolesList())
        .containsExactly("admin");
  }

  @Test
  void refreshesAStaffSession() {
    var gate = SignedIn.staff(sessions, "gate");
    var next = await(SignedIn.refresh(sessions, gate.getRefreshToken()));
    assertThat(next.getStaff()).isEqualTo(gate.getStaff());
  }

  @Test
  void answersALostResponseAgain() {
    var request = request("auditor", IdentityTestSettings.PASSWORD).build();
    SessionTokens first = await(sessions.signInStaff(request));
    SessionTokens again = await(sessions.signInStaff(request));
    assertThat(again.getRefreshToken()).isEqualTo(first.getRefreshToken());
    assertThat(again.getSessionId()).isEqualTo(first.getSessionId());
  }

  @Test
  void refusesAnothersRequestId() {
    var request = request("auditor", IdentityTestSettings.PASSWORD);
    await(sessions.signInStaff(request.build()));
    assertThat(refusal("192.0.2.1", request.clone().setUsername("admin")))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void saysTheSameForAWrongNameAndAWrongPassword() {
    var wrongName = request("nobody-" + UUID.randomUUID(), "x");
    var wrongPassword = request("merchant", "x");
    String address = UUID.randomUUID().toString();
    assertThat(refusal(address, wrongName)).isEqualTo("INVALID_CREDENTIALS");
    assertThat(refusal(address, wrongPassword)).isEqualTo("INVALID_CREDENTIALS");
  }

  @Test
  void shutsANameAfterTenFailuresWhereverTheyComeFromAndOpensItLater() {
    String nobody = "nobody-" + UUID.randomUUID();
    for (int i = 0; i < 10; i++) {
      assertThat(refusal(UUID.randomUUID().toString(), request(nobody, "guess " + i)))
          .isEqualTo("INVALID_CREDENTIALS");
    }
    assertThat(refusal(UUID.randomUUID().toString(), request(nobody, "guess")))
        .isEqualTo("TOO_MANY_ATTEMPTS");
    clock.advance(Duration.ofMinutes(15));
    assertThat(refusal(UUID.randomUUID().toString(), request(nobody, "guess")))
        .isEqualTo("INVALID_CREDENTIALS");
  }

  @Test
  void refusesAShutNameEvenTheRightPassword() {
    for (int i = 0; i < 10; i++) {
      refusal(UUID.randomUUID().toString(), request("bus-operator", "guess " + i));
    }
    assertThat(refusal("192.0.2.9", request("bus-operator", IdentityTestSettings.PASSWORD)))
        .isEqualTo("TOO_MANY_ATTEMPTS");
    clock.advance(Duration.ofMinutes(15));
    assertThat(SignedIn.staff(sessions, "bus-operator").getStaff().getUsername())
        .isEqualTo("bus-operator");
  }

  @Test
  void forgetsFailuresAtSuccess() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 9; i++) {
        refusal("192.0.2.77", request("hospital-desk", "guess"));
      }
      var signedIn =
          await(
              from("192.0.2.77")
                  .signInStaff(request("hospital-desk", IdentityTestSettings.PASSWORD).build()));
      assertThat(signedIn.getStaff().getUsername()).isEqualTo("hospital-desk");
    }
  }

  @Test
  void keepsNoPasswordInTheClear() {
    assertThat(tables.count("select count(*) from staff where password_hash like '$argon2id$%'"))
        .isEqualTo(tables.count("select count(*) from staff"));
    assertThat(
            tables.count(
                "select count(*) from staff s where s::text like '%' || $1 || '%'",
                IdentityTestSettings.PASSWORD))
        .isZero();
  }

  @Test
  void refusesWrongInput() {
    assertThat(refusal("192.0.2.2", request("", "x"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("192.0.2.2", request("x".repeat(65), "x"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("192.0.2.2", request("gate", ""))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("192.0.2.2", request("gate", "x".repeat(129))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("192.0.2.2", request("gate", "x").setRequestId("1")))
        .isEqualTo("INVALID_REQUEST_ID");
  }
}
