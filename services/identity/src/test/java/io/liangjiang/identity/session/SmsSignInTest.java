package io.liangjiang.identity.session;

import static io.liangjiang.identity.Phones.codeFor;
import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.refresh;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.Phones;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.SendSmsCodeRequest;
import io.liangjiang.identity.v1.SendSmsCodeResponse;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInWithSmsCodeRequest;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class SmsSignInTest {
  @GrpcClient("self")
  SessionService sessions;

  @Inject MutableClock clock;
  @Inject Tables tables;

  private final String phone = Phones.number();

  /** All tests come from one address. */
  @BeforeEach
  void forgetLimits() {
    tables.rows("delete from attempt_count where limit_key like 'sms-%'");
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private SessionTokens signIn(SignInWithSmsCodeRequest.Builder request) {
    return await(sessions.signInWithSmsCode(request.build()));
  }

  private String refusal(SignInWithSmsCodeRequest.Builder request) {
    return TestCalls.reason(catchThrowable(() -> signIn(request)));
  }

  private SendSmsCodeResponse send(SendSmsCodeRequest.Builder request) {
    return await(sessions.sendSmsCode(request.build()));
  }

  private String sendRefusal(SendSmsCodeRequest.Builder request) {
    return TestCalls.reason(catchThrowable(() -> send(request)));
  }

  private static SendSmsCodeRequest.Builder to(String phone) {
    return SendSmsCodeRequest.newBuilder().setRequestId(id()).setPhoneNumber(phone);
  }

  @Test
  void opensAnAccountAtTheFirstSignInAndFindsItAtTheSecond() {
    var first = signIn(Phones.signIn(phone, codeFor(sessions, phone)));
    assertThat(first.getCitizen().getMaskedPhone())
        .isEqualTo(phone.substring(0, 3) + "****" + phone.substring(7));
    assertThat(first.getCitizen().getAssuranceLevel()).isEqualTo(AssuranceLevel.BASIC);
    clock.advance(Duration.ofMinutes(2));

    var second = signIn(Phones.signIn("+86" + phone, codeFor(sessions, phone)));

    assertThat(second.getCitizen()).isEqualTo(first.getCitizen());
    assertThat(second.getSessionId()).isNotEqualTo(first.getSessionId());
    assertThat(await(refresh(sessions, second.getRefreshToken())).getSessionId())
        .isEqualTo(second.getSessionId());
  }

  @Test
  void findsTheAccountWhoseNumberTheSuperAppProved() {
    var miniProgram =
        await(
            sessions.signInWithMiniProgram(
                request(code(openId())).setPhoneCode("phone." + phone + "." + id()).build()));

    var bySms = signIn(Phones.signIn(phone, codeFor(sessions, phone)));

    assertThat(bySms.getCitizen().getCitizenId())
        .isEqualTo(miniProgram.getCitizen().getCitizenId());
  }

  @Test
  void bringsANewMiniProgramToTheAccountOfItsNumber() {
    var bySms = signIn(Phones.signIn(phone, codeFor(sessions, phone)));
    String openId = openId();

    var first =
        await(
            sessions.signInWithMiniProgram(
                request(code(openId)).setPhoneCode("phone." + phone + "." + id()).build()));
    var second = await(sessions.signInWithMiniProgram(request(code(openId)).build()));

    assertThat(first.getCitizen().getCitizenId()).isEqualTo(bySms.getCitizen().getCitizenId());
    assertThat(second.getCitizen().getCitizenId()).isEqualTo(bySms.getCitizen().getCitizenId());
  }

  @Test
  void leavesANumberToTheAccountThatHasIt() {
    String openId = openId();
    var other = await(sessions.signInWithMiniProgram(request(code(openId)).build()));
    var holder = signIn(Phones.signIn(phone, codeFor(sessions, phone)));

    var again =
        await(
            sessions.signInWithMiniProgram(
                request(code(openId)).setPhoneCode("phone." + phone + "." + id()).build()));

    assertThat(again.getCitizen()).isEqualTo(other.getCitizen());
    assertThat(again.getCitizen().getMaskedPhone()).isEmpty();
    assertThat(
            tables.count(
                "select count(*) from citizen_phone where citizen_id = $1",
                UUID.fromString(holder.getCitizen().getCitizenId())))
        .isEqualTo(1);
  }

  @Test
  void opensOneAccountForManyFirstSignInsAtOnce() {
    String code = codeFor(sessions, phone);
    var request = Phones.signIn(phone, code).build();
    List<Uni<SessionTokens>> calls =
        IntStream.range(0, 16).mapToObj(i -> sessions.signInWithSmsCode(request)).toList();

    List<SessionTokens> answers = await(Uni.join().all(calls).andFailFast());

    assertThat(answers.stream().map(SessionTokens::getRefreshToken).distinct()).hasSize(1);
    assertThat(answers.stream().map(SessionTokens::getAccessToken).distinct()).hasSize(1);
  }

  @Test
  void acceptsACodeForOneSignInOnly() {
    String code = codeFor(sessions, phone);
    List<Uni<Boolean>> calls =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    sessions
                        .signInWithSmsCode(Phones.signIn(phone, code).build())
                        .map(answer -> true)
                        .onFailure()
                        .recoverWithItem(false))
            .toList();

    assertThat(await(Uni.join().all(calls).andFailFast())).containsOnlyOnce(true);
    assertThat(refusal(Phones.signIn(phone, code))).isEqualTo("INVALID_SMS_CODE");
  }

  @Test
  void answersALostResponseAgain() {
    var request = Phones.signIn(phone, codeFor(sessions, phone));
    var first = signIn(request);
    clock.advance(Duration.ofMinutes(4));

    var again = signIn(request);

    assertThat(again.getRefreshToken()).isEqualTo(first.getRefreshToken());
    assertThat(again.getAccessToken()).isEqualTo(first.getAccessToken());
    assertThat(refusal(request.clone().setCode(Phones.wrong(request.getCode()))))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void refusesACodeAfterFiveWrongOnes() {
    String code = codeFor(sessions, phone);
    for (int i = 0; i < 5; i++) {
      assertThat(refusal(Phones.signIn(phone, Phones.wrong(code)))).isEqualTo("INVALID_SMS_CODE");
    }
    assertThat(refusal(Phones.signIn(phone, code))).isEqualTo("INVALID_SMS_CODE");
  }

  @Test
  void countsFiveWrongOnesAlsoWhenTheyComeTogether() {
    String code = codeFor(sessions, phone);
    String wrong = Phones.wrong(code);
    List<Uni<Boolean>> calls =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    sessions
                        .signInWithSmsCode(Phones.signIn(phone, wrong).build())
                        .map(answer -> true)
                        .onFailure()
                        .recoverWithItem(false))
            .toList();

    assertThat(await(Uni.join().all(calls).andFailFast())).doesNotContain(true);
    assertThat(refusal(Phones.signIn(phone, code))).isEqualTo("INVALID_SMS_CODE");
  }

  @Test
  void refusesACodeThatIsOverOrAnotherPhonesOrNotTheNewest() {
    String code = codeFor(sessions, phone);
    assertThat(refusal(Phones.signIn(Phones.number(), code))).isEqualTo("INVALID_SMS_CODE");
    clock.advance(Duration.ofMinutes(2));
    String newer = codeFor(sessions, phone);
    if (!newer.equals(code)) {
      assertThat(refusal(Phones.signIn(phone, code))).isEqualTo("INVALID_SMS_CODE");
    }
    clock.advance(Duration.ofMinutes(5));
    assertThat(refusal(Phones.signIn(phone, newer))).isEqualTo("INVALID_SMS_CODE");
  }

  @Test
  void sendsOnceForARequestHoweverOftenItComes() {
    var request = to(phone).build();
    List<Uni<SendSmsCodeResponse>> calls =
        IntStream.range(0, 16).mapToObj(i -> sessions.sendSmsCode(request)).toList();
    List<SendSmsCodeResponse> answers = await(Uni.join().all(calls).andFailFast());

    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(send(request.toBuilder())).isEqualTo(answers.getFirst());
    assertThat(Phones.codes(phone)).hasSize(1).first().asString().matches("[0-9]{6}");
    assertThat(sendRefusal(request.toBuilder().setPhoneNumber(Phones.number())))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void limitsByNumberBeforeAnythingIsSent() {
    send(to(phone));
    assertThat(sendRefusal(to(phone))).isEqualTo("TOO_MANY_ATTEMPTS");
    for (int i = 1; i < 10; i++) {
      clock.advance(Duration.ofSeconds(61));
      send(to(phone));
    }
    clock.advance(Duration.ofSeconds(61));
    assertThat(sendRefusal(to(phone))).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(Phones.codes(phone)).hasSize(10);
  }

  @Test
  void limitsByAddressBeforeAnythingIsSent() {
    for (int i = 0; i < 30; i++) {
      send(to(Phones.number()));
    }
    assertThat(sendRefusal(to(phone))).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(Phones.codes(phone)).isEmpty();
  }

  @Test
  void saysThatTheProviderIsAwayAndTriesThreeTimesARequest() {
    var request = to(OutsideWorld.FAILING_PHONES + phone.substring(7));
    for (int i = 0; i < 4; i++) {
      assertThat(sendRefusal(request)).isEqualTo("SMS_PROVIDER_UNAVAILABLE");
    }
    assertThat(
            tables.count(
                "select send_tries::bigint from sms_code where request_id = $1",
                UUID.fromString(request.getRequestId())))
        .isEqualTo(3);
  }

  @Test
  void keepsNeitherNumberNorCodeReadable() {
    String code = codeFor(sessions, phone);
    signIn(Phones.signIn(phone, code));
    for (String table : List.of("sms_code", "sign_in", "citizen_phone", "attempt_count")) {
      assertThat(
              tables.count(
                  "select count(*) from " + table + " t where t::text like '%' || $1 || '%'",
                  phone))
          .isZero();
    }
  }

  @Test
  void refusesWrongInput() {
    assertThat(send(to("+86" + phone)).hasExpireTime()).isTrue();
    assertThat(sendRefusal(to("12345"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(sendRefusal(to("+8523800000001"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(sendRefusal(to(phone).setRequestId("x"))).isEqualTo("INVALID_REQUEST_ID");
    assertThat(refusal(Phones.signIn(phone, "12345"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(Phones.signIn("1", "123456"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(Phones.signIn(phone, "123456").setRequestId("x")))
        .isEqualTo("INVALID_REQUEST_ID");
  }
}
