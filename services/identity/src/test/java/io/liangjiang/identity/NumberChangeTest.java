package io.liangjiang.identity;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.LinkPhoneRequest;
import io.liangjiang.identity.v1.ListSignInMethodsRequest;
import io.liangjiang.identity.v1.SessionRevoked;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.SignInMethodService;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A number that was given up opens nothing any more: its next owner is somebody else. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class NumberChangeTest {
  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  SignInMethodService methods;

  @GrpcClient("self")
  CitizenService citizens;

  @Inject OpenedCity opened;
  @Inject MutableClock clock;
  @Inject Tables tables;

  private final String oldNumber = Phones.number();
  private final String newNumber = Phones.number();

  @BeforeEach
  void waitUntilItIsOpen() {
    opened.await();
    tables.rows("delete from attempt_count where limit_key like 'sms-%'");
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private SessionTokens bySms(String number) {
    clock.advance(Duration.ofSeconds(61));
    String code = Phones.codeFor(sessions, number);
    return await(sessions.signInWithSmsCode(Phones.signIn(number, code).build()));
  }

  private SessionTokens byMiniProgram(String openId, String number) {
    String phoneCode = number.isEmpty() ? "" : "phone." + number + "." + id();
    return await(
        sessions.signInWithMiniProgram(request(code(openId)).setPhoneCode(phoneCode).build()));
  }

  private void link(SessionTokens session, String number) {
    clock.advance(Duration.ofSeconds(61));
    await(
        TestCalls.as(methods, session.getAccessToken())
            .linkPhone(
                LinkPhoneRequest.newBuilder()
                    .setRequestId(id())
                    .setPhoneNumber(number)
                    .setCode(Phones.codeFor(sessions, number))
                    .build()));
  }

  private List<SignInMethod> phonesOf(SessionTokens session) {
    return await(
            TestCalls.as(methods, session.getAccessToken())
                .listSignInMethods(ListSignInMethodsRequest.getDefaultInstance()))
        .getSignInMethodsList()
        .stream()
        .filter(method -> method.getKind() == SignInMethodKind.PHONE)
        .toList();
  }

  private static String account(SessionTokens session) {
    return session.getCitizen().getCitizenId();
  }

  /** The session lives, and nothing was said of its end. */
  private void assertLives(SessionTokens session) {
    assertThat(await(SignedIn.refresh(sessions, session.getRefreshToken())).getSessionId())
        .isEqualTo(session.getSessionId());
    assertThat(revocations(session)).isEmpty();
  }

  /** The session is over, and the gateway hears of it by the feed that it follows. */
  private void assertEnded(SessionTokens session) {
    assertThat(
            TestCalls.reason(
                catchThrowable(() -> await(SignedIn.refresh(sessions, session.getRefreshToken())))))
        .isEqualTo("SESSION_REVOKED");
    assertThat(revocations(session))
        .containsExactly(
            SessionRevoked.newBuilder()
                .setSessionId(session.getSessionId())
                .setSubject(account(session))
                .setReason(SessionRevoked.Reason.ACCOUNT_CHANGED)
                .build());
  }

  private List<SessionRevoked> revocations(SessionTokens session) {
    return tables
        .rows(
            "select payload from outbox_event where event_type = 'identity.SessionRevoked' and"
                + " subject = $1",
            session.getSessionId())
        .stream()
        .map(row -> row.getBuffer("payload").getBytes())
        .map(NumberChangeTest::revocation)
        .toList();
  }

  private static SessionRevoked revocation(byte[] payload) {
    try {
      return Any.parseFrom(payload).unpack(SessionRevoked.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endsTheSessionsOfTheOldNumber() {
    var own = byMiniProgram(openId(), "");
    link(own, oldNumber);
    var before = phonesOf(own).getFirst();
    var other = bySms(oldNumber);

    link(own, newNumber);

    assertEnded(other);
    assertLives(own);
    assertThat(phonesOf(own)).hasSize(1);
    assertThat(phonesOf(own).getFirst().getSignInMethodId())
        .isNotEqualTo(before.getSignInMethodId());
    assertThat(phonesOf(own).getFirst().hasLastUseTime()).isFalse();
    assertThat(account(bySms(newNumber))).isEqualTo(account(own));
    assertThat(account(bySms(oldNumber))).isNotEqualTo(account(own));
  }

  @Test
  void keepsTheSessionThatChangedTheNumber() {
    var own = bySms(oldNumber);
    var other = bySms(oldNumber);

    link(own, newNumber);

    assertEnded(other);
    assertLives(own);
    assertThat(tables.rows("select action from audit_record where subject = $1", account(own)))
        .extracting(row -> row.getString("action"))
        .containsExactlyInAnyOrder(
            "sign-in-method.unlinked", "sign-in-method.linked", "session.revoked");
  }

  @Test
  void endsThemAlsoWhenTheSuperAppProvesTheNewNumber() {
    String openId = openId();
    var first = byMiniProgram(openId, oldNumber);
    var other = bySms(oldNumber);
    assertThat(account(other)).isEqualTo(account(first));

    var second = byMiniProgram(openId, newNumber);

    assertThat(account(second)).isEqualTo(account(first));
    assertEnded(other);
    assertLives(first);
    assertLives(second);
    assertThat(account(bySms(newNumber))).isEqualTo(account(first));
  }

  @Test
  void endsNothingWhenTheNumberIsProvedAgain() {
    String openId = openId();
    var first = byMiniProgram(openId, oldNumber);
    var other = bySms(oldNumber);
    var method = phonesOf(first).getFirst().getSignInMethodId();

    var second = byMiniProgram(openId, oldNumber);

    assertLives(first);
    assertLives(other);
    assertThat(phonesOf(second).getFirst().getSignInMethodId()).isEqualTo(method);
  }

  /** Whoever got the number later came in by it alone, and stays out with it. */
  @Test
  void takesAwayWhatCameByTheOldNumberAlone() {
    var own = byMiniProgram(openId(), oldNumber);
    prove(own);
    String stranger = openId();
    var strangers = byMiniProgram(stranger, oldNumber);
    assertThat(account(strangers)).isEqualTo(account(own));
    var fresh = await(SignedIn.refresh(sessions, own.getRefreshToken()));

    link(fresh, newNumber);

    assertEnded(strangers);
    assertThat(account(byMiniProgram(stranger, ""))).isNotEqualTo(account(own));
  }

  private void prove(SessionTokens session) {
    await(
        TestCalls.as(citizens, session.getAccessToken())
            .verifyRealName(
                VerifyRealNameRequest.newBuilder()
                    .setRequestId(id())
                    .setName("李雨桐")
                    .setIdNumber(TestNumbers.random())
                    .build()));
  }
}
