package io.liangjiang.identity.guesttoken;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.request;
import static io.liangjiang.identity.guesttoken.GuestStage.error;
import static io.liangjiang.identity.guesttoken.GuestStage.send;
import static io.liangjiang.identity.guesttoken.GuestStage.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.GetMeRequest;
import io.liangjiang.identity.v1.ListMyGuestsRequest;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A guest's side written by others (Nimbus) goes the whole way against the running service. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class GuestFlowTest {
  @Inject GuestStage stage;
  @Inject Tables tables;
  @Inject MutableClock clock;

  @GrpcClient("self")
  CitizenService citizens;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private HTTPResponse refresh(Client client, RefreshToken token) {
    return send(
        new TokenRequest(
            stage.endpoint("/oauth2/token"),
            new ClientID(client.getClientId()),
            new RefreshTokenGrant(token)));
  }

  private HTTPResponse claims(OIDCTokens tokens) {
    return send(
        new UserInfoRequest(stage.endpoint("/oauth2/userinfo"), tokens.getBearerAccessToken()));
  }

  @Test
  void signsInRefreshesAndSignsOut() throws Exception {
    var provider = OIDCProviderMetadata.resolve(new Issuer(stage.issuer));
    assertThat(provider.supportsAuthorizationResponseIssuerParam()).isTrue();
    Client client = stage.register(GuestStage.page());
    SessionTokens citizen = stage.citizen();

    var visit = stage.visit(client, "openid", "offline_access");
    var page = visit.browser().open(visit.page());
    assertThat(page.body()).contains("示例医院", "预约挂号", "hospital.example");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "form-action 'self' https://hospital.example;");
    URI callback = stage.goOn(citizen, visit);
    var answer = AuthenticationResponseParser.parse(callback).toSuccessResponse();
    assertThat(answer.getState().getValue()).isEqualTo("state & 状态");
    assertThat(answer.getIssuer()).isEqualTo(provider.getIssuer());

    OIDCTokens first = tokens(stage.redeem(visit, answer.getAuthorizationCode()));
    var idToken =
        new IDTokenValidator(
                provider.getIssuer(),
                new ClientID(client.getClientId()),
                JWSAlgorithm.RS256,
                provider.getJWKSetURI().toURL())
            .validate(first.getIDToken(), visit.nonce());
    assertThat(idToken.getACR().getValue()).isEqualTo("basic");
    assertThat(idToken.getSubject().getValue())
        .hasSize(43)
        .isNotEqualTo(citizen.getCitizen().getCitizenId());
    var told = UserInfoSuccessResponse.parse(claims(first)).getUserInfo();
    assertThat(told.toJSONObject()).containsOnlyKeys("sub");
    assertThat(told.getSubject()).isEqualTo(idToken.getSubject());

    OIDCTokens second = tokens(refresh(client, first.getRefreshToken()));
    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    OIDCTokens again = tokens(refresh(client, first.getRefreshToken()));
    assertThat(again.getRefreshToken()).isEqualTo(second.getRefreshToken());
    assertThat(again.getAccessToken()).isEqualTo(second.getAccessToken());

    var revoked =
        send(
            new TokenRevocationRequest(
                stage.endpoint("/oauth2/revoke"),
                new ClientID(client.getClientId()),
                second.getRefreshToken()));
    assertThat(revoked.getStatusCode()).isEqualTo(200);
    assertThat(claims(second).getStatusCode()).isEqualTo(401);
    assertThat(error(refresh(client, second.getRefreshToken()))).isEqualTo("invalid_grant");
  }

  @Test
  void tellsWhatWasGrantedAndLeavesAccessRecords() throws Exception {
    var sessions = stage.sessions;
    stage.opened.await();
    SessionTokens signedIn =
        await(
            sessions.signInWithMiniProgram(
                request(code(openId())).setPhoneCode("phone.13812345678." + id()).build()));
    String number = TestNumbers.of("500112", LocalDate.of(1988, 5, 4), 123);
    var verified =
        await(
            TestCalls.as(citizens, signedIn.getAccessToken())
                .verifyRealName(
                    VerifyRealNameRequest.newBuilder()
                        .setRequestId(id())
                        .setName("王小明")
                        .setIdNumber(number)
                        .build()));
    SessionTokens citizen = signedIn.toBuilder().setAccessToken(verified.getAccessToken()).build();
    Client client = stage.register(GuestStage.page());

    var tokens =
        stage.signIn(
            citizen,
            client,
            "openid",
            "profile.name",
            "profile.birth_date",
            "phone",
            "real_name_level");
    HTTPResponse answer = claims(tokens);

    var told = UserInfoSuccessResponse.parse(answer).getUserInfo();
    assertThat(told.getName()).isEqualTo("王小明");
    assertThat(told.getBirthdate()).isEqualTo("1988-05-04");
    assertThat(told.getPhoneNumber()).isEqualTo("+8613812345678");
    assertThat(told.getStringClaim("real_name_level")).isEqualTo("real_name");
    assertThat(answer.getBody()).doesNotContain(number);
    assertThat(
            tables.rows(
                "select data_kind, purpose from access_record where reader_subject = $1"
                    + " and citizen_id = $2 order by data_kind",
                "guest:" + client.getClientId(),
                UUID.fromString(citizen.getCitizen().getCitizenId())))
        .extracting(row -> row.getString("data_kind") + " " + row.getString("purpose"))
        .containsExactly("phone 就诊", "profile.birth_date 就诊", "profile.name 就诊");
  }

  @Test
  void grantsAPartOfWhatIsAskedFor() {
    Client client = stage.register(GuestStage.page());
    SessionTokens citizen = stage.citizen();
    var visit = stage.visit(client, "openid", "phone");
    String confirmation = stage.approve(citizen, visit, "openid").getConfirmationCode();
    URI callback =
        Browser.location(
            visit
                .browser()
                .post(visit.page(), Map.of("step", "confirm", "confirmation", confirmation)));
    var tokens = tokens(stage.redeem(visit, GuestStage.code(callback)));
    assertThat(tokens.getAccessToken().getScope().toStringList()).containsExactly("openid");
    assertThat(tokens.getRefreshToken()).isNull();
  }

  @Test
  void withdrawalWorksOnTheNextCall() {
    Client client = stage.register(GuestStage.page());
    SessionTokens citizen = stage.citizen();
    var tokens = stage.signIn(citizen, client, "openid", "offline_access");
    var mine =
        await(
            TestCalls.as(stage.guests, citizen.getAccessToken())
                .listMyGuests(ListMyGuestsRequest.getDefaultInstance()));
    assertThat(mine.getGuestsList())
        .singleElement()
        .satisfies(
            guest -> {
              assertThat(guest.getClientId()).isEqualTo(client.getClientId());
              assertThat(guest.getGrantedScopesList())
                  .extracting(scope -> scope.getScope() + " " + scope.getPurpose())
                  .containsExactly("offline_access 就诊", "openid 就诊");
            });

    stage.withdraw(citizen, client);

    assertThat(claims(tokens).getStatusCode()).isEqualTo(401);
    assertThat(error(refresh(client, tokens.getRefreshToken()))).isEqualTo("invalid_grant");
    assertThat(
            tables.count(
                "select count(*) from guest_session where client_id = $1 and revoke_reason ="
                    + " 'GUEST_WITHDRAWN'",
                client.getClientId()))
        .isEqualTo(1);
    assertThat(
            tables.count(
                "select count(*) from outbox_event o join guest_session s"
                    + " on o.subject = s.guest_session_id::text where s.client_id = $1",
                client.getClientId()))
        .isEqualTo(1);
  }

  @Test
  void suspensionWorksOnTheNextCall() {
    Client client = stage.register(GuestStage.page());
    SessionTokens citizen = stage.citizen();
    var tokens = stage.signIn(citizen, client, "openid", "offline_access");
    var waiting = stage.visit(client, "openid");
    URI callback = stage.goOn(citizen, waiting);

    stage.suspend(client);

    assertThat(claims(tokens).getStatusCode()).isEqualTo(401);
    assertThat(error(refresh(client, tokens.getRefreshToken()))).isEqualTo("unauthorized_client");
    assertThat(error(stage.redeem(waiting, GuestStage.code(callback))))
        .isEqualTo("unauthorized_client");
    var asked = new Browser().open(stage.ask(client, waiting.verifier(), "openid").build().toURI());
    assertThat(asked.statusCode()).isEqualTo(400);
    assertThat(asked.headers().firstValue("location")).isEmpty();
  }

  @Test
  void knowsACitizenUnderOneNameInASector() throws Exception {
    SessionTokens citizen = stage.citizen();
    Client one = stage.register(GuestStage.page());
    Client sibling = stage.register(GuestStage.page());
    Client stranger = stage.register(GuestStage.page().setSector("shop.example"));
    String first = subject(stage.signIn(citizen, one, "openid"));
    assertThat(subject(stage.signIn(citizen, sibling, "openid"))).isEqualTo(first);
    assertThat(subject(stage.signIn(citizen, stranger, "openid"))).isNotEqualTo(first);
    assertThat(subject(stage.signIn(stage.citizen(), one, "openid"))).isNotEqualTo(first);
  }

  private static String subject(OIDCTokens tokens) throws Exception {
    return tokens.getIDToken().getJWTClaimsSet().getSubject();
  }

  @Test
  void endsTheSessionOfAnIdTokenAndLeadsOnlyToRegisteredAddresses() {
    Client client = stage.register(GuestStage.page());
    SessionTokens citizen = stage.citizen();
    var tokens = stage.signIn(citizen, client, "openid", "offline_access");
    URI end = stage.endpoint("/oauth2/end-session");
    var elsewhere = URI.create("https://evil.example/bye");
    var bye = URI.create("https://hospital.example/bye");
    var state = new com.nimbusds.oauth2.sdk.id.State("s 1");

    var noHint = new Browser().open(new LogoutRequest(end, null, bye, state).toURI());
    assertThat(noHint.statusCode()).isEqualTo(200);
    assertThat(claims(tokens).getStatusCode()).isEqualTo(200);

    var evil =
        new Browser().open(new LogoutRequest(end, tokens.getIDToken(), elsewhere, state).toURI());
    assertThat(evil.statusCode()).isEqualTo(200);
    assertThat(evil.headers().firstValue("location")).isEmpty();
    assertThat(claims(tokens).getStatusCode()).isEqualTo(401);

    var good = new Browser().open(new LogoutRequest(end, tokens.getIDToken(), bye, state).toURI());
    assertThat(Browser.location(good)).hasToString("https://hospital.example/bye?state=s+1");
  }

  /** Whatever a guest holds, the city's own doors stay shut for it. */
  @Test
  void opensNoRpcOfTheCity() {
    Client client = stage.register(GuestStage.page());
    var tokens = stage.signIn(stage.citizen(), client, "openid", "offline_access");
    for (String token : List.of(tokens.getAccessToken().getValue(), tokens.getIDTokenString())) {
      var asGuest = TestCalls.as(citizens, token);
      assertThat(
              TestCalls.reason(
                  catchThrowable(() -> await(asGuest.getMe(GetMeRequest.getDefaultInstance())))))
          .isEqualTo("UNAUTHENTICATED");
    }
    String refreshToken = tokens.getRefreshToken().getValue();
    assertThat(
            TestCalls.reason(
                catchThrowable(() -> await(SignedIn.refresh(stage.sessions, refreshToken)))))
        .isEqualTo("INVALID_REFRESH_TOKEN");
  }

  /** Answers are lost on the way and copies come at once: there is one successor, and it lives. */
  @Test
  void givesConcurrentRefreshesTheSameSuccessor() {
    Client client = stage.register(GuestStage.page());
    var first = stage.signIn(stage.citizen(), client, "openid", "offline_access");
    List<String> successors =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> tokens(refresh(client, first.getRefreshToken())))
            .map(tokens -> tokens.getRefreshToken().getValue())
            .distinct()
            .toList();
    assertThat(successors).hasSize(1);
    assertThat(refresh(client, new RefreshToken(successors.getFirst())).getStatusCode())
        .isEqualTo(200);
  }

  @Test
  void endsTheSessionOfACopiedRefreshToken() {
    Client client = stage.register(GuestStage.page());
    var first = stage.signIn(stage.citizen(), client, "openid", "offline_access");
    var second = tokens(refresh(client, first.getRefreshToken()));
    clock.advance(Duration.ofSeconds(61));
    assertThat(error(refresh(client, first.getRefreshToken()))).isEqualTo("invalid_grant");
    assertThat(error(refresh(client, second.getRefreshToken()))).isEqualTo("invalid_grant");
    assertThat(claims(second).getStatusCode()).isEqualTo(401);
  }

  @Test
  void claimsNeedTheRightToken() {
    SessionTokens citizen = stage.citizen();
    URI endpoint = stage.endpoint("/oauth2/userinfo");
    var citys = new UserInfoRequest(endpoint, new BearerAccessToken(citizen.getAccessToken()));
    assertThat(send(citys).getStatusCode()).isEqualTo(401);
    Client client = stage.register(GuestStage.page());
    var tokens = stage.signIn(citizen, client, "openid");
    var idToken = new UserInfoRequest(endpoint, new BearerAccessToken(tokens.getIDTokenString()));
    var answer = send(idToken);
    assertThat(answer.getStatusCode()).isEqualTo(401);
    assertThat(answer.getWWWAuthenticate()).contains("error=\"invalid_token\"");
  }
}
