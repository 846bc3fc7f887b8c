package io.liangjiang.identity;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.Dependant;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.GetMeRequest;
import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.LinkMiniProgramRequest;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.RotateSigningKeyRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.SignInMethodService;
import io.liangjiang.identity.v1.SignOutRequest;
import io.liangjiang.identity.v1.SigningKeyService;
import io.liangjiang.identity.v1.TokenService;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service with tokens that it issued itself and checks by the keys that it publishes. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class CityDayTest {
  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  SignInMethodService methods;

  @GrpcClient("self")
  DependantService dependants;

  @GrpcClient("self")
  TokenService tokens;

  @GrpcClient("self")
  SigningKeyService keys;

  @Inject OpenedCity opened;
  @Inject TokenVerifier verifier;
  @Inject MutableClock clock;

  @BeforeEach
  void waitUntilItIsOpen() {
    opened.await();
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private String myLevel(String accessToken) {
    return await(TestCalls.as(citizens, accessToken).getMe(GetMeRequest.getDefaultInstance()))
        .getAssuranceLevel()
        .name();
  }

  @Test
  void aParentProvesWhoSheIsAndKeepsHerChild() {
    var session = SignedIn.citizen(sessions);
    assertThat(myLevel(session.getAccessToken())).isEqualTo("BASIC");

    var verified =
        await(
            TestCalls.as(citizens, session.getAccessToken())
                .verifyRealName(
                    VerifyRealNameRequest.newBuilder()
                        .setRequestId(id())
                        .setName("陈晓梅")
                        .setIdNumber(TestNumbers.random())
                        .build()));
    var caller = verifier.verify(verified.getAccessToken());
    assertThat(caller.assuranceLevel()).isEqualTo(AssuranceLevel.REAL_NAME);
    assertThat(caller.sessionId()).isEqualTo(session.getSessionId());
    assertThat(verified.getExpiresInSeconds()).isBetween(595, 600);

    var refreshed = await(SignedIn.refresh(sessions, session.getRefreshToken()));
    assertThat(verifier.verify(refreshed.getAccessToken()).assuranceLevel())
        .isEqualTo(AssuranceLevel.REAL_NAME);

    var family = TestCalls.as(dependants, refreshed.getAccessToken());
    var child =
        await(
            family.createDependant(
                CreateDependantRequest.newBuilder()
                    .setRequestId(id())
                    .setName("陈天乐")
                    .setBirthDate("2019-02-03")
                    .setRelation(Dependant.Relation.CHILD)
                    .build()));
    assertThat(
            await(family.listDependants(ListDependantsRequest.getDefaultInstance()))
                .getDependantsList())
        .containsExactly(child);

    var service =
        await(
            tokens.issueServiceToken(
                IssueServiceTokenRequest.newBuilder()
                    .setClientId(IdentityTestSettings.CLIENT_ID)
                    .setClientSecret(IdentityTestSettings.CLIENT_SECRET)
                    .build()));
    var person =
        await(
            TestCalls.as(dependants, service.getAccessToken())
                .checkRelation(
                    CheckRelationRequest.newBuilder()
                        .setCitizenId(session.getCitizen().getCitizenId())
                        .setDependantId(child.getDependantId())
                        .setPurpose("ticket")
                        .build()));
    assertThat(person.getName()).isEqualTo("陈天乐");
  }

  @Test
  void aNumberAloneIsWorthLessThanTheNameThatItsOwnerProved() {
    String phone = Phones.number();
    String number = TestNumbers.random();
    var first = signInByPhone(phone);
    assertThat(verified(first, number)).isEqualTo(AssuranceLevel.REAL_NAME);
    assertThat(myTokenLevel(first)).isEqualTo(AssuranceLevel.REAL_NAME);
    clock.advance(Duration.ofSeconds(61));

    var second = signInByPhone(phone);

    assertThat(second.getCitizen().getCitizenId()).isEqualTo(first.getCitizen().getCitizenId());
    assertThat(second.getCitizen().getAssuranceLevel()).isEqualTo(AssuranceLevel.BASIC);
    assertThat(myTokenLevel(second)).isEqualTo(AssuranceLevel.BASIC);
    assertThat(TestCalls.reason(catchThrowable(() -> verified(second, TestNumbers.random()))))
        .isEqualTo("ALREADY_VERIFIED");
    assertThat(verified(second, number)).isEqualTo(AssuranceLevel.REAL_NAME);
    assertThat(myTokenLevel(second)).isEqualTo(AssuranceLevel.REAL_NAME);
  }

  @Test
  void asksASessionThatIsWorthLessForTheNameBeforeItLinks() {
    String phone = Phones.number();
    String number = TestNumbers.random();
    verified(signInByPhone(phone), number);
    clock.advance(Duration.ofSeconds(61));
    var session = signInByPhone(phone);

    assertThat(TestCalls.reason(catchThrowable(() -> link(session))))
        .isEqualTo("ASSURANCE_LEVEL_TOO_LOW");
    verified(session, number);
    assertThat(link(session).getKind()).isEqualTo(SignInMethodKind.MINI_PROGRAM);
  }

  private SignInMethod link(SessionTokens session) {
    return await(
        TestCalls.as(methods, session.getAccessToken())
            .linkMiniProgram(
                LinkMiniProgramRequest.newBuilder()
                    .setRequestId(id())
                    .setAppId(DevelopmentCity.APP_ID)
                    .setJsCode(SignedIn.code(SignedIn.openId()))
                    .build()));
  }

  @Test
  void aMiniProgramThatCameByTheNumberIsWorthNoMoreUntilTheNameIsProved() {
    String phone = Phones.number();
    String number = TestNumbers.random();
    verified(signInByPhone(phone), number);
    String openId = SignedIn.openId();
    await(
        sessions.signInWithMiniProgram(
            SignedIn.request(SignedIn.code(openId))
                .setPhoneCode("phone." + phone + "." + id())
                .build()));

    var session = signInFrom(openId);
    assertThat(session.getCitizen().getAssuranceLevel()).isEqualTo(AssuranceLevel.BASIC);
    verified(session, number);
    assertThat(signInFrom(openId).getCitizen().getAssuranceLevel())
        .isEqualTo(AssuranceLevel.REAL_NAME);
  }

  private SessionTokens signInFrom(String openId) {
    return await(sessions.signInWithMiniProgram(SignedIn.request(SignedIn.code(openId)).build()));
  }

  private SessionTokens signInByPhone(String phone) {
    String code = Phones.codeFor(sessions, phone);
    return await(sessions.signInWithSmsCode(Phones.signIn(phone, code).build()));
  }

  private AssuranceLevel verified(SessionTokens session, String number) {
    var answer =
        await(
            TestCalls.as(citizens, session.getAccessToken())
                .verifyRealName(
                    VerifyRealNameRequest.newBuilder()
                        .setRequestId(id())
                        .setName("陈晓梅")
                        .setIdNumber(number)
                        .build()));
    return verifier.verify(answer.getAccessToken()).assuranceLevel();
  }

  /** The level in the token after a refresh, which works again and again within its grace. */
  private AssuranceLevel myTokenLevel(SessionTokens session) {
    var refreshed = await(SignedIn.refresh(sessions, session.getRefreshToken()));
    return verifier.verify(refreshed.getAccessToken()).assuranceLevel();
  }

  @Test
  void anAdministratorRotatesTheKeyAndNobodyNotices() {
    var citizen = SignedIn.citizen(sessions);
    var admin = SignedIn.staff(sessions, "admin");
    await(
        TestCalls.as(keys, admin.getAccessToken())
            .rotateSigningKey(RotateSigningKeyRequest.newBuilder().setRequestId(id()).build()));
    assertThat(myLevel(citizen.getAccessToken())).isEqualTo("BASIC");
    var refreshed = await(SignedIn.refresh(sessions, citizen.getRefreshToken()));
    assertThat(myLevel(refreshed.getAccessToken())).isEqualTo("BASIC");
  }

  @Test
  void signsOutByTheAccessTokenAlone() {
    var session = SignedIn.citizen(sessions);
    var ended =
        await(
            TestCalls.as(sessions, session.getAccessToken())
                .signOut(SignOutRequest.newBuilder().setRequestId(id()).build()));
    assertThat(ended.getSessionId()).isEqualTo(session.getSessionId());
    assertThat(ended.hasRevokeTime()).isTrue();
  }

  @Test
  void trustsNoOtherIssuersTokens() {
    var stranger = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE);
    assertThat(TestCalls.reason(catchThrowable(() -> myLevel(stranger))))
        .isEqualTo("UNAUTHENTICATED");
  }
}
