package io.liangjiang.identity;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.v1.LinkMiniProgramRequest;
import io.liangjiang.identity.v1.LinkPhoneRequest;
import io.liangjiang.identity.v1.ListSignInMethodsRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.SignInMethodService;
import io.liangjiang.identity.v1.StepUpRequest;
import io.liangjiang.identity.v1.StepUpResponse;
import io.liangjiang.identity.v1.UnlinkSignInMethodRequest;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More than one way into an account, each added and removed by its owner alone. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class SignInMethodTest {
  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  SignInMethodService methods;

  @Inject OpenedCity opened;
  @Inject MutableClock clock;
  @Inject Tables tables;
  @Inject TokenVerifier verifier;

  private final String phone = Phones.number();

  @BeforeEach
  void waitUntilItIsOpen() {
    opened.await();
    tables.rows("delete from attempt_count where limit_key like 'sms-%'");
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private List<SignInMethod> list(SessionTokens session) {
    return await(
            TestCalls.as(methods, session.getAccessToken())
                .listSignInMethods(ListSignInMethodsRequest.getDefaultInstance()))
        .getSignInMethodsList();
  }

  private SignInMethod linkPhone(SessionTokens session, LinkPhoneRequest request) {
    return await(TestCalls.as(methods, session.getAccessToken()).linkPhone(request));
  }

  private LinkPhoneRequest phoneRequest() {
    return LinkPhoneRequest.newBuilder()
        .setRequestId(id())
        .setPhoneNumber(phone)
        .setCode(Phones.codeFor(sessions, phone))
        .build();
  }

  private SignInMethod linkMiniProgram(SessionTokens session, String jsCode) {
    return await(
        TestCalls.as(methods, session.getAccessToken()).linkMiniProgram(miniProgram(jsCode)));
  }

  private static LinkMiniProgramRequest miniProgram(String jsCode) {
    return LinkMiniProgramRequest.newBuilder()
        .setRequestId(id())
        .setAppId(DevelopmentCity.APP_ID)
        .setJsCode(jsCode)
        .build();
  }

  private SignInMethod unlink(SessionTokens session, SignInMethod method) {
    return await(
        TestCalls.as(methods, session.getAccessToken())
            .unlinkSignInMethod(
                UnlinkSignInMethodRequest.newBuilder()
                    .setRequestId(id())
                    .setSignInMethodId(method.getSignInMethodId())
                    .build()));
  }

  private StepUpResponse stepUp(SessionTokens session, StepUpRequest.Builder request) {
    return await(
        TestCalls.as(sessions, session.getAccessToken())
            .stepUp(request.setRequestId(id()).build()));
  }

  private static StepUpRequest.Builder byMiniProgram(String openId) {
    return StepUpRequest.newBuilder()
        .setMiniProgram(
            StepUpRequest.MiniProgramProof.newBuilder()
                .setAppId(DevelopmentCity.APP_ID)
                .setJsCode(code(openId)));
  }

  private SessionTokens signIn(String openId) {
    return await(sessions.signInWithMiniProgram(request(code(openId)).build()));
  }

  private SessionTokens signInByPhone() {
    String code = Phones.codeFor(sessions, phone);
    return await(sessions.signInWithSmsCode(Phones.signIn(phone, code).build()));
  }

  private static String refusal(Runnable call) {
    return TestCalls.reason(catchThrowable(call::run));
  }

  @Test
  void opensOneAccountInEveryWayThatWasLinked() {
    String openId = openId();
    String second = openId();
    var session = signIn(openId);
    linkPhone(session, phoneRequest());
    linkMiniProgram(session, code(second));
    clock.advance(Duration.ofSeconds(61));

    String account = session.getCitizen().getCitizenId();
    assertThat(signInByPhone().getCitizen().getCitizenId()).isEqualTo(account);
    assertThat(signIn(second).getCitizen().getCitizenId()).isEqualTo(account);
    assertThat(list(session))
        .extracting(SignInMethod::getKind)
        .containsExactlyInAnyOrder(
            SignInMethodKind.MINI_PROGRAM, SignInMethodKind.MINI_PROGRAM, SignInMethodKind.PHONE);
    assertThat(list(session)).allMatch(SignInMethod::hasLastUseTime);
    assertThat(list(session).toString()).doesNotContain(phone, openId, second);
  }

  @Test
  void leavesARecordAndAnEventWithoutPersonalData() {
    var session = signIn(openId());
    var method = linkPhone(session, phoneRequest());
    unlink(session, method);

    String account = session.getCitizen().getCitizenId();
    assertThat(tables.rows("select action from audit_record where subject = $1", account))
        .extracting(row -> row.getString("action"))
        .containsExactlyInAnyOrder("sign-in-method.linked", "sign-in-method.unlinked");
    assertThat(
            tables.count(
                "select count(*) from outbox_event where subject = $1 and event_type in"
                    + " ('identity.SignInMethodLinked', 'identity.SignInMethodUnlinked')",
                account))
        .isEqualTo(2);
    assertThat(
            tables.count(
                "select count(*) from outbox_event where position($1::bytea in payload) > 0",
                io.vertx.core.buffer.Buffer.buffer(phone)))
        .isZero();
    assertThat(
            tables.count(
                "select count(*) from idempotency_record where position($1::bytea in response) > 0",
                io.vertx.core.buffer.Buffer.buffer(phone)))
        .isZero();
  }

  @Test
  void refusesWhatOpensAnotherAccount() {
    String taken = openId();
    signIn(taken);
    signInByPhone();
    clock.advance(Duration.ofSeconds(61));
    var session = signIn(openId());

    assertThat(refusal(() -> linkMiniProgram(session, code(taken))))
        .isEqualTo("SIGN_IN_METHOD_TAKEN");
    assertThat(refusal(() -> linkPhone(session, phoneRequest()))).isEqualTo("SIGN_IN_METHOD_TAKEN");
    assertThat(list(session)).hasSize(1);
  }

  @Test
  void answersWithWhatIsLinkedAlready() {
    String openId = openId();
    var session = signIn(openId);
    var own = list(session).getFirst();

    assertThat(linkMiniProgram(session, code(openId))).isEqualTo(list(session).getFirst());
    assertThat(list(session))
        .extracting(SignInMethod::getSignInMethodId)
        .containsExactly(own.getSignInMethodId());
  }

  @Test
  void answersALostResponseAgainThoughTheCodeIsUsed() {
    var session = signIn(openId());
    var request = miniProgram(code(openId()));
    var linking = TestCalls.as(methods, session.getAccessToken());
    var first = await(linking.linkMiniProgram(request));
    var phoneRequest = phoneRequest();
    var number = linkPhone(session, phoneRequest);

    assertThat(await(linking.linkMiniProgram(request))).isEqualTo(first);
    assertThat(linkPhone(session, phoneRequest)).isEqualTo(number);
    assertThat(refusal(() -> await(linking.linkMiniProgram(miniProgram(request.getJsCode())))))
        .isEqualTo("INVALID_JS_CODE");
    assertThat(list(session)).hasSize(3);
  }

  @Test
  void asksForAFreshProof() {
    String openId = openId();
    var session = signIn(openId);
    var method = linkPhone(session, phoneRequest());
    clock.advance(Duration.ofMinutes(5));

    assertThat(refusal(() -> unlink(session, method))).isEqualTo("STEP_UP_REQUIRED");
    assertThat(refusal(() -> linkMiniProgram(session, code(openId()))))
        .isEqualTo("STEP_UP_REQUIRED");
    var proof = stepUp(session, byMiniProgram(openId));
    assertThat(proof.getFreshUntilTime().getSeconds() - proof.getAuthTime().getSeconds())
        .isEqualTo(300);
    assertThat(verifier.verify(proof.getAccessToken()).sessionId())
        .isEqualTo(session.getSessionId());
    assertThat(unlink(session, method).getSignInMethodId()).isEqualTo(method.getSignInMethodId());
  }

  @Test
  void takesAnyLinkedWayAsAFreshProofAndNoOther() {
    var session = signIn(openId());
    linkPhone(session, phoneRequest());
    String others = openId();
    signIn(others);
    clock.advance(Duration.ofMinutes(5));

    assertThat(refusal(() -> stepUp(session, byMiniProgram(others)))).isEqualTo("STEP_UP_REFUSED");
    assertThat(refusal(() -> stepUp(session, byMiniProgram(openId()))))
        .isEqualTo("STEP_UP_REFUSED");
    assertThat(refusal(() -> stepUp(session, StepUpRequest.newBuilder().setPassword("x"))))
        .isEqualTo("STEP_UP_REFUSED");
    assertThat(refusal(() -> stepUp(session, StepUpRequest.newBuilder())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(() -> linkMiniProgram(session, code(openId()))))
        .isEqualTo("STEP_UP_REQUIRED");
    var sms =
        StepUpRequest.SmsProof.newBuilder()
            .setPhoneNumber(phone)
            .setCode(Phones.codeFor(sessions, phone));
    assertThat(stepUp(session, StepUpRequest.newBuilder().setSms(sms)).hasAuthTime()).isTrue();
    linkMiniProgram(session, code(openId()));
  }

  @Test
  void answersTheSameStepUpAgain() {
    String openId = openId();
    var session = signIn(openId);
    var request = byMiniProgram(openId).setRequestId(id()).build();
    var stub = TestCalls.as(sessions, session.getAccessToken());
    clock.advance(Duration.ofMinutes(6));
    List<Uni<StepUpResponse>> calls =
        IntStream.range(0, 8).mapToObj(i -> stub.stepUp(request)).toList();

    var first = await(Uni.join().all(calls).andFailFast()).getFirst();

    clock.advance(Duration.ofMinutes(1));
    assertThat(await(stub.stepUp(request)).getAuthTime()).isEqualTo(first.getAuthTime());
  }

  @Test
  void keepsTheLastWayIntoAnAccount() {
    var session = signIn(openId());
    var only = list(session).getFirst();
    assertThat(refusal(() -> unlink(session, only))).isEqualTo("LAST_SIGN_IN_METHOD");

    var second = linkMiniProgram(session, code(openId()));
    List<Uni<Boolean>> both =
        List.of(only, second).stream()
            .map(
                method ->
                    TestCalls.as(methods, session.getAccessToken())
                        .unlinkSignInMethod(
                            UnlinkSignInMethodRequest.newBuilder()
                                .setRequestId(id())
                                .setSignInMethodId(method.getSignInMethodId())
                                .build())
                        .map(gone -> true)
                        .onFailure()
                        .recoverWithItem(false))
            .toList();
    assertThat(await(Uni.join().all(both).andFailFast())).containsExactlyInAnyOrder(true, false);
    assertThat(list(session)).hasSize(1);
  }

  @Test
  void endsTheSessionsOfTheWayThatIsGone() {
    String openId = openId();
    var own = signIn(openId);
    linkPhone(own, phoneRequest());
    clock.advance(Duration.ofSeconds(61));
    var other = signInByPhone();

    unlink(
        own,
        list(own).stream()
            .filter(m -> m.getKind() == SignInMethodKind.PHONE)
            .findFirst()
            .orElseThrow());

    assertThat(refusal(() -> await(SignedIn.refresh(sessions, other.getRefreshToken()))))
        .isEqualTo("SESSION_REVOKED");
    assertThat(await(SignedIn.refresh(sessions, own.getRefreshToken())).getSessionId())
        .isEqualTo(own.getSessionId());
    clock.advance(Duration.ofSeconds(61));
    assertThat(signInByPhone().getCitizen().getCitizenId())
        .isNotEqualTo(own.getCitizen().getCitizenId());
  }

  @Test
  void hidesOthersWaysToSignIn() {
    var others = list(signIn(openId())).getFirst();
    var session = signIn(openId());

    assertThat(refusal(() -> unlink(session, others))).isEqualTo("SIGN_IN_METHOD_NOT_FOUND");
  }

  @Test
  void acceptsNoMoreThanTwenty() {
    var session = signIn(openId());
    for (int i = 1; i < 20; i++) {
      linkMiniProgram(session, code(openId()));
    }
    assertThat(refusal(() -> linkMiniProgram(session, code(openId()))))
        .isEqualTo("TOO_MANY_SIGN_IN_METHODS");
    assertThat(list(session)).hasSize(20);
  }
}
