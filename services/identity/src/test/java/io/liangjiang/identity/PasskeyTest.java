package io.liangjiang.identity;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.v1.BeginPasskeyRegistrationRequest;
import io.liangjiang.identity.v1.BeginPasskeySignInRequest;
import io.liangjiang.identity.v1.FinishPasskeyRegistrationRequest;
import io.liangjiang.identity.v1.ListSignInMethodsRequest;
import io.liangjiang.identity.v1.PasskeyChallenge;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.SignInMethodService;
import io.liangjiang.identity.v1.SignInWithPasskeyRequest;
import io.liangjiang.identity.v1.StepUpRequest;
import io.liangjiang.identity.v1.UnlinkSignInMethodRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passkeys of citizens and staff, and what a thief or a wrong page makes of them. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class PasskeyTest {
  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  SignInMethodService methods;

  @Inject OpenedCity opened;
  @Inject MutableClock clock;
  @Inject Tables tables;

  private final Device device = new Device();

  @BeforeEach
  void waitUntilItIsOpen() {
    opened.await();
    tables.rows("delete from attempt_count where limit_key like 'passkey-%'");
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private PasskeyChallenge beginRegistration(SessionTokens session) {
    return await(
        TestCalls.as(methods, session.getAccessToken())
            .beginPasskeyRegistration(
                BeginPasskeyRegistrationRequest.newBuilder().setRequestId(id()).build()));
  }

  private static FinishPasskeyRegistrationRequest finish(
      PasskeyChallenge challenge, String credential) {
    return FinishPasskeyRegistrationRequest.newBuilder()
        .setRequestId(id())
        .setChallengeId(challenge.getChallengeId())
        .setCredentialJson(credential)
        .setLabel("my phone")
        .build();
  }

  private SignInMethod register(SessionTokens session, FinishPasskeyRegistrationRequest request) {
    return await(
        TestCalls.as(methods, session.getAccessToken()).finishPasskeyRegistration(request));
  }

  private SignInMethod register(SessionTokens session, Device with) {
    var challenge = beginRegistration(session);
    return register(session, finish(challenge, with.register(challenge.getOptionsJson())));
  }

  private PasskeyChallenge beginSignIn() {
    return await(
        sessions.beginPasskeySignIn(
            BeginPasskeySignInRequest.newBuilder().setRequestId(id()).build()));
  }

  private static SignInWithPasskeyRequest request(PasskeyChallenge challenge, String credential) {
    return SignInWithPasskeyRequest.newBuilder()
        .setRequestId(id())
        .setChallengeId(challenge.getChallengeId())
        .setCredentialJson(credential)
        .build();
  }

  private SessionTokens signIn(SignInWithPasskeyRequest request) {
    return await(sessions.signInWithPasskey(request));
  }

  private SessionTokens signIn(Device with) {
    var challenge = beginSignIn();
    return signIn(request(challenge, with.use(challenge.getOptionsJson())));
  }

  private static String refusal(Runnable call) {
    return TestCalls.reason(catchThrowable(call::run));
  }

  @Test
  void signsCitizensAndStaffIn() {
    var citizen = SignedIn.citizen(sessions);
    register(citizen, device);
    var staff = SignedIn.staff(sessions, "merchant");
    Device staffDevice = new Device();
    register(staff, staffDevice);

    var again = signIn(device);
    assertThat(again.getCitizen()).isEqualTo(citizen.getCitizen());
    assertThat(again.getSessionId()).isNotEqualTo(citizen.getSessionId());
    assertThat(payload(again).getString("client_id")).isEqualTo("web");
    assertThat(payload(again).getJsonArray("amr")).containsExactly("pop", "mfa");
    var staffAgain = signIn(staffDevice);
    assertThat(staffAgain.getStaff()).isEqualTo(staff.getStaff());
    assertThat(payload(staffAgain).getString("client_id")).isEqualTo("staff");
    assertThat(signIn(device).getCitizen()).isEqualTo(citizen.getCitizen());
  }

  @Test
  void asksForADiscoverableVerifiedKeyThatTheDeviceDoesNotHoldYet() {
    var citizen = SignedIn.citizen(sessions);
    register(citizen, device);

    var options = new JsonObject(beginRegistration(citizen).getOptionsJson());

    assertThat(options.getJsonArray("excludeCredentials")).hasSize(1);
    assertThat(options.getJsonObject("rp").getString("id")).isEqualTo("localhost");
    var selection = options.getJsonObject("authenticatorSelection");
    assertThat(selection.getString("userVerification")).isEqualTo("required");
    assertThat(selection.getString("residentKey")).isEqualTo("required");
    assertThat(options.getString("attestation")).isEqualTo("none");
    var asked = new JsonObject(beginSignIn().getOptionsJson());
    assertThat(asked.getString("userVerification")).isEqualTo("required");
    assertThat(asked.getJsonArray("allowCredentials")).isEmpty();
  }

  @Test
  void givesTheSameChallengeToTheSameRequest() {
    var request = BeginPasskeySignInRequest.newBuilder().setRequestId(id()).build();

    var first = await(sessions.beginPasskeySignIn(request));

    assertThat(await(sessions.beginPasskeySignIn(request))).isEqualTo(first);
    assertThat(beginSignIn().getOptionsJson()).isNotEqualTo(first.getOptionsJson());
    var registration =
        BeginPasskeyRegistrationRequest.newBuilder().setRequestId(request.getRequestId()).build();
    var citizen = SignedIn.citizen(sessions);
    assertThat(
            refusal(
                () ->
                    await(
                        TestCalls.as(methods, citizen.getAccessToken())
                            .beginPasskeyRegistration(registration))))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void refusesAnotherOriginDomainOrSignatureAndAnUnverifiedUser() {
    register(SignedIn.citizen(sessions), device);

    assertThat(refusal(() -> signIn(device.copy().at("https://evil.example"))))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(device.copy().at("http://localhost:8081"))))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(device.copy().of("evil.example"))))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(device.copy().withoutUserVerification())))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(device.copy().breakingSignatures())))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(device.copy().saying(UUID.randomUUID()))))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(device.withAnotherKey()))).isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> signIn(new Device()))).isEqualTo("INVALID_PASSKEY");
    assertThat(signIn(device).hasCitizen()).isTrue();
  }

  @Test
  void refusesToRegisterFromAnotherPageOrWithoutUserVerification() {
    var citizen = SignedIn.citizen(sessions);

    assertThat(refusal(() -> register(citizen, new Device().at("https://evil.example"))))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> register(citizen, new Device().of("evil.example"))))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> register(citizen, new Device().withoutUserVerification())))
        .isEqualTo("INVALID_PASSKEY");
    assertThat(refusal(() -> register(citizen, finish(beginRegistration(citizen), "{}"))))
        .isEqualTo("INVALID_PASSKEY");
  }

  @Test
  void refusesAnotherChallengeAndOneThatIsOverOrUsed() {
    register(SignedIn.citizen(sessions), device);
    var one = beginSignIn();
    var other = beginSignIn();

    assertThat(refusal(() -> signIn(request(one, device.use(other.getOptionsJson())))))
        .isEqualTo("INVALID_PASSKEY");
    var stranger = PasskeyChallenge.newBuilder().setChallengeId(id()).build();
    assertThat(refusal(() -> signIn(request(stranger, device.use(one.getOptionsJson())))))
        .isEqualTo("INVALID_PASSKEY_CHALLENGE");
    var credential = device.use(one.getOptionsJson());
    signIn(request(one, credential));
    assertThat(refusal(() -> signIn(request(one, credential))))
        .isEqualTo("INVALID_PASSKEY_CHALLENGE");
    clock.advance(Duration.ofMinutes(5));
    assertThat(refusal(() -> signIn(request(other, device.use(other.getOptionsJson())))))
        .isEqualTo("INVALID_PASSKEY_CHALLENGE");
  }

  @Test
  void answersALostResponseAgainAndManyCopiesWithOneSession() {
    register(SignedIn.citizen(sessions), device);
    var challenge = beginSignIn();
    var request = request(challenge, device.use(challenge.getOptionsJson()));
    List<Uni<SessionTokens>> calls =
        IntStream.range(0, 8).mapToObj(i -> sessions.signInWithPasskey(request)).toList();

    var answers = await(Uni.join().all(calls).andFailFast());

    assertThat(answers.stream().map(SessionTokens::getRefreshToken).distinct()).hasSize(1);
    assertThat(signIn(request).getRefreshToken()).isEqualTo(answers.getFirst().getRefreshToken());
  }

  @Test
  void noticesACopiedKey() {
    var citizen = SignedIn.citizen(sessions);
    register(citizen, device);
    signIn(device);
    Device copy = device.copy();
    signIn(device);
    signIn(device);

    assertThat(refusal(() -> signIn(copy))).isEqualTo("PASSKEY_COPIED");
    assertThat(
            tables.count(
                "select count(*) from audit_record where action = 'passkey.copied'"
                    + " and subject = $1",
                citizen.getCitizen().getCitizenId()))
        .isEqualTo(1);
    assertThat(signIn(device).hasCitizen()).isTrue();
  }

  @Test
  void refusesAnotherAccountsChallengeAndCredential() {
    var one = SignedIn.citizen(sessions);
    var two = SignedIn.citizen(sessions);
    var challenge = beginRegistration(one);
    var credential = device.register(challenge.getOptionsJson());

    assertThat(refusal(() -> register(two, finish(challenge, credential))))
        .isEqualTo("INVALID_PASSKEY_CHALLENGE");
    register(one, finish(challenge, credential));
    assertThat(refusal(() -> register(two, device))).isEqualTo("SIGN_IN_METHOD_TAKEN");
    assertThat(refusal(() -> register(one, device))).isEqualTo("SIGN_IN_METHOD_TAKEN");
  }

  @Test
  void registersOnceARequest() {
    var citizen = SignedIn.citizen(sessions);
    var challenge = beginRegistration(citizen);
    var request = finish(challenge, device.register(challenge.getOptionsJson()));

    var first = register(citizen, request);

    assertThat(register(citizen, request)).isEqualTo(first);
    var again = request.toBuilder().setRequestId(id()).build();
    assertThat(refusal(() -> register(citizen, again))).isEqualTo("INVALID_PASSKEY_CHALLENGE");
    assertThat(first.getKind()).isEqualTo(SignInMethodKind.PASSKEY);
    assertThat(first.getLabel()).isEqualTo("my phone");
  }

  @Test
  void provesAfreshAndSignsNobodyInOnceItIsGone() {
    var citizen = SignedIn.citizen(sessions);
    var method = register(citizen, device);
    clock.advance(Duration.ofMinutes(6));
    assertThat(refusal(() -> beginRegistration(citizen))).isEqualTo("STEP_UP_REQUIRED");
    var challenge = beginSignIn();
    var proof =
        StepUpRequest.PasskeyProof.newBuilder()
            .setChallengeId(challenge.getChallengeId())
            .setCredentialJson(device.use(challenge.getOptionsJson()));
    await(
        TestCalls.as(sessions, citizen.getAccessToken())
            .stepUp(StepUpRequest.newBuilder().setRequestId(id()).setPasskey(proof).build()));

    unlink(citizen, method);

    assertThat(refusal(() -> signIn(device))).isEqualTo("INVALID_PASSKEY");
  }

  @Test
  void staffProveAfreshByPasswordAndMayLoseTheirLastPasskey() {
    var staff = SignedIn.staff(sessions, "gate");
    var method = register(staff, device);
    clock.advance(Duration.ofMinutes(6));
    assertThat(refusal(() -> unlink(staff, method))).isEqualTo("STEP_UP_REQUIRED");
    assertThat(refusal(() -> stepUp(staff, "another password"))).isEqualTo("INVALID_CREDENTIALS");
    stepUp(staff, IdentityTestSettings.PASSWORD);

    unlink(staff, method);

    assertThat(
            await(
                    TestCalls.as(methods, staff.getAccessToken())
                        .listSignInMethods(ListSignInMethodsRequest.getDefaultInstance()))
                .getSignInMethodsList())
        .noneMatch(m -> m.getSignInMethodId().equals(method.getSignInMethodId()));
  }

  @Test
  void refusesStaffWhoWereShut() {
    var staff = SignedIn.staff(sessions, "bus-operator");
    register(staff, device);
    UUID staffId = UUID.fromString(staff.getStaff().getStaffId());
    tables.rows("update staff set state = 'SUSPENDED' where staff_id = $1", staffId);
    try {
      assertThat(refusal(() -> signIn(device))).isEqualTo("STAFF_SUSPENDED");
    } finally {
      tables.rows("update staff set state = 'ACTIVE' where staff_id = $1", staffId);
    }
  }

  @Test
  void refusesWrongInput() {
    var challenge = beginSignIn();
    for (String text : List.of("{", "null", "[]", "{\"id\":1}", "{\"id\":\"!\"}", "0", "\"\"")) {
      assertThat(refusal(() -> signIn(request(challenge, text)))).isEqualTo("INVALID_PASSKEY");
    }
    assertThat(refusal(() -> signIn(request(challenge, "x".repeat(16_385)))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(() -> signIn(SignInWithPasskeyRequest.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  private void stepUp(SessionTokens session, String password) {
    await(
        TestCalls.as(sessions, session.getAccessToken())
            .stepUp(StepUpRequest.newBuilder().setRequestId(id()).setPassword(password).build()));
  }

  private void unlink(SessionTokens session, SignInMethod method) {
    await(
        TestCalls.as(methods, session.getAccessToken())
            .unlinkSignInMethod(
                UnlinkSignInMethodRequest.newBuilder()
                    .setRequestId(id())
                    .setSignInMethodId(method.getSignInMethodId())
                    .build()));
  }

  private static JsonObject payload(SessionTokens tokens) {
    String middle = tokens.getAccessToken().split("\\.", -1)[1];
    return new JsonObject(
        new String(
            java.util.Base64.getUrlDecoder().decode(middle),
            java.nio.charset.StandardCharsets.UTF_8));
  }
}
