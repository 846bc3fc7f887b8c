package io.liangjiang.identity.session;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.refresh;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInWithMiniProgramRequest;
import io.liangjiang.identity.v1.SignOutRequest;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class SignInTest {
  @GrpcClient("self")
  SessionService sessions;

  @Inject MutableClock clock;
  @Inject Tables tables;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private SessionTokens signIn(SignInWithMiniProgramRequest.Builder request) {
    return await(sessions.signInWithMiniProgram(request.build()));
  }

  private String refusal(SignInWithMiniProgramRequest.Builder request) {
    return TestCalls.reason(catchThrowable(() -> signIn(request)));
  }

  @Test
  void opensAnAccountAtTheFirstSignInAndFindsItAtTheSecond() {
    String openId = openId();
    var first = signIn(request(code(openId)));
    assertThat(first.getExpiresInSeconds()).isBetween(595, 600);
    assertThat(first.getRefreshToken()).matches("[A-Za-z0-9_-]{43}");
    assertThat(first.getCitizen().getAssuranceLevel()).isEqualTo(AssuranceLevel.BASIC);
    assertThat(first.getCitizen().getDisplayName()).isEmpty();
    assertThat(first.hasStaff()).isFalse();

    var second = signIn(request(code(openId)));
    assertThat(second.getCitizen()).isEqualTo(first.getCitizen());
    assertThat(second.getSessionId()).isNotEqualTo(first.getSessionId());
    assertThat(
            tables.count(
                "select count(*) from outbox_event where event_type = 'identity.CitizenRegistered'"
                    + " and subject = $1",
                first.getCitizen().getCitizenId()))
        .isEqualTo(1);
  }

  @Test
  void keepsThePhoneNumberMaskedAndSealed() {
    String number = "139" + Math.abs(UUID.randomUUID().getMostSignificantBits() % 90_000_000L + 0L);
    String phone = (number + "00000000").substring(0, 11);
    var answer = signIn(request(code(openId())).setPhoneCode("phone." + phone + ".1"));
    assertThat(answer.getCitizen().getMaskedPhone())
        .isEqualTo(phone.substring(0, 3) + "****" + phone.substring(7));
    assertThat(
            tables.count(
                "select count(*) from citizen_phone where citizen_id = $1"
                    + " and position(convert_to($2, 'UTF8') in phone_sealed) = 0",
                UUID.fromString(answer.getCitizen().getCitizenId()),
                phone))
        .isEqualTo(1);
  }

  @Test
  void answersALostResponseAgainThoughTheCodeIsUsed() {
    var request = request(code(openId()));
    var first = signIn(request);
    clock.advance(Duration.ofMinutes(4));
    var again = signIn(request);
    assertThat(again.getRefreshToken()).isEqualTo(first.getRefreshToken());
    assertThat(again.getAccessToken()).isEqualTo(first.getAccessToken());
    assertThat(again.getExpiresInSeconds()).isLessThanOrEqualTo(600 - 4 * 60);
    assertThat(await(refresh(sessions, again.getRefreshToken())).getSessionId())
        .isEqualTo(first.getSessionId());
  }

  @Test
  void answersCopiesThatAreUnderWayTogetherWithOneSession() {
    var request = request(code(openId())).build();
    List<Uni<SessionTokens>> calls =
        IntStream.range(0, 16).mapToObj(i -> sessions.signInWithMiniProgram(request)).toList();
    List<SessionTokens> answers = await(Uni.join().all(calls).andFailFast());
    assertThat(answers.stream().map(SessionTokens::getRefreshToken).distinct()).hasSize(1);
    assertThat(answers.stream().map(SessionTokens::getAccessToken).distinct()).hasSize(1);
  }

  @Test
  void opensOneAccountForManyFirstSignInsAtOnce() {
    String openId = openId();
    List<Uni<SessionTokens>> calls =
        IntStream.range(0, 8)
            .mapToObj(i -> sessions.signInWithMiniProgram(request(code(openId)).build()))
            .toList();
    List<SessionTokens> answers = await(Uni.join().all(calls).andFailFast());
    assertThat(answers.stream().map(a -> a.getCitizen().getCitizenId()).distinct()).hasSize(1);
    assertThat(answers.stream().map(SessionTokens::getSessionId).distinct()).hasSize(8);
  }

  @Test
  void refusesACodeThatWasUsedUnderAnotherRequestId() {
    String code = code(openId());
    signIn(request(code));
    assertThat(refusal(request(code))).isEqualTo("INVALID_JS_CODE");
  }

  @Test
  void refusesAnotherCodeUnderAUsedRequestId() {
    var first = request(code(openId()));
    signIn(first);
    assertThat(refusal(first.clone().setJsCode(code(openId())))).isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void refusesTheSameRequestWhenItsWindowIsOver() {
    var request = request(code(openId()));
    signIn(request);
    clock.advance(Duration.ofMinutes(5));
    assertThat(refusal(request)).isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void refusesTheSameRequestWhenItsSessionWasEnded() {
    var request = request(code(openId()));
    var tokens = signIn(request);
    await(
        sessions.signOut(
            SignOutRequest.newBuilder()
                .setRequestId(SignedIn.id())
                .setRefreshToken(tokens.getRefreshToken())
                .build()));
    assertThat(refusal(request)).isEqualTo("SESSION_REVOKED");
  }

  @Test
  void refusesWhatTheProviderRefuses() {
    assertThat(refusal(request("nonsense"))).isEqualTo("INVALID_JS_CODE");
    assertThat(refusal(request("down"))).isEqualTo("SIGN_IN_PROVIDER_UNAVAILABLE");
    assertThat(refusal(request(code(openId())).setPhoneCode("nonsense")))
        .isEqualTo("INVALID_PHONE_CODE");
    assertThat(refusal(request(code(openId())).setAppId("wx-unknown"))).isEqualTo("APP_NOT_FOUND");
  }

  @Test
  void refusesWrongInput() {
    assertThat(refusal(request(""))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request("x".repeat(129)))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request("a\nb"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request("x").setAppId(""))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request("x").setPhoneCode("x".repeat(129)))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request("x").setDeviceLabel("x".repeat(101)))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request("x").setRequestId("no-uuid"))).isEqualTo("INVALID_REQUEST_ID");
  }

  @Test
  void keepsNoSecretOfASignIn() {
    var request = request(code(openId()));
    var tokens = signIn(request);
    assertThat(
            tables.count(
                "select count(*) from refresh_token t where t::text like '%' || $1 || '%'",
                tokens.getRefreshToken()))
        .isZero();
    assertThat(tables.count("select count(*) from idempotency_record")).isNotNegative();
    assertThat(
            tables.count(
                "select count(*) from sign_in s where s::text like '%' || $1 || '%'",
                request.getJsCode()))
        .isZero();
  }
}
