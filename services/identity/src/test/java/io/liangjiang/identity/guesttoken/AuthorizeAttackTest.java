package io.liangjiang.identity.guesttoken;

import static io.liangjiang.identity.guesttoken.GuestStage.CALLBACK;
import static io.liangjiang.identity.guesttoken.GuestStage.error;
import static io.liangjiang.identity.guesttoken.GuestStage.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.guesttoken.GuestStage.Visit;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.DenyAuthorizationRequestRequest;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who wants another's sign-in, code or token. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class AuthorizeAttackTest {
  @Inject GuestStage stage;
  @Inject Tables tables;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** A raw authorization request; the last parameters win over the usual ones. */
  private HttpResponse<String> ask(Client client, Map<String, String> changes) {
    var query = new StringBuilder();
    var parameters =
        new java.util.TreeMap<>(
            Map.of(
                "response_type", "code",
                "client_id", client.getClientId(),
                "redirect_uri", CALLBACK.toString(),
                "scope", "openid",
                "state", "xyz",
                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method", "S256"));
    parameters.putAll(changes);
    parameters.forEach(
        (name, value) -> {
          if (!value.equals("-")) {
            query
                .append(query.isEmpty() ? "?" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
          }
        });
    return new Browser().open(URI.create(stage.issuer + "/oauth2/authorize" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hospital.example/callback/",
        "https://hospital.example/callback?x=1",
        "https://hospital.example/callback#f",
        "https://hospital.example:443/callback",
        "https://hospital.example/Callback",
        "https://HOSPITAL.example/callback",
        "https://hospital.example/x/../callback",
        "https://hospital.example/callback%2f",
        "https://hospital.example.evil.example/callback",
        "https://hospital.example@evil.example/callback",
        "https://evil.example/callback",
        "http://hospital.example/callback",
        "javascript:alert(1)",
        "//evil.example",
        "-"
      })
  void leadsToNoAddressThatIsNotRegisteredCharacterByCharacter(String redirect) {
    var answer = ask(stage.register(GuestStage.page()), Map.of("redirect_uri", redirect));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("location")).isEmpty();
    assertThat(answer.body()).doesNotContain("evil.example");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "response_type, code id_token, unsupported_response_type",
    "response_type, -, invalid_request",
    "response_mode, fragment, invalid_request",
    "code_challenge_method, plain, invalid_request",
    "code_challenge_method, -, invalid_request",
    "code_challenge, -, invalid_request",
    "scope, openid id_number, invalid_scope",
    "scope, hospital:appointments, invalid_request",
    "prompt, none, login_required",
    "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
    "request_uri, https://evil.example/o, request_uri_not_supported",
    "resource, https://evil.example, invalid_target",
    "acr_values, urn:gold, unmet_authentication_requirements"
  })
  void tellsTheGuestWhatIsWrongWithItsRequest(String name, String value, String error)
      throws Exception {
    var answer = ask(stage.register(GuestStage.page()), Map.of(name, value));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    var told = AuthenticationErrorResponse.parse(Browser.location(answer));
    assertThat(told.getErrorObject().getCode()).isEqualTo(error);
    assertThat(told.getState().getValue()).isEqualTo("xyz");
    assertThat(told.getIssuer().getValue()).isEqualTo(stage.issuer);
    assertThat(Browser.location(answer)).hasHost("hospital.example");
  }

  @Test
  void redeemsACodeOnceAndEndsTheSessionOfACopiedOne() {
    Client client = stage.register(GuestStage.page());
    Visit visit = stage.visit(client, "openid", "offline_access");
    var code = GuestStage.code(stage.goOn(stage.citizen(), visit));
    var tokens = tokens(stage.redeem(visit, code));
    assertThat(error(stage.redeem(visit, code))).isEqualTo("invalid_grant");
    var claims =
        new UserInfoRequest(stage.endpoint("/oauth2/userinfo"), tokens.getBearerAccessToken());
    assertThat(GuestStage.send(claims).getStatusCode()).isEqualTo(401);
    var refresh =
        new TokenRequest(
            stage.endpoint("/oauth2/token"),
            new ClientID(client.getClientId()),
            new RefreshTokenGrant(tokens.getRefreshToken()));
    assertThat(error(GuestStage.send(refresh))).isEqualTo("invalid_grant");
    assertThat(
            tables.rows(
                "select revoke_reason from guest_session where client_id = $1",
                client.getClientId()))
        .extracting(row -> row.getString(0))
        .containsExactly("CODE_REUSED");
  }

  @Test
  void redeemsACodeOnlyForItsClientAddressVerifierAndTime() {
    Client client = stage.register(GuestStage.page());
    Client other = stage.register(GuestStage.page());
    Visit visit = stage.visit(client, "openid");
    var code = GuestStage.code(stage.goOn(stage.citizen(), visit));
    assertThat(
            error(
                stage.redeem(
                    new Visit(other, visit.browser(), visit.page(), visit.verifier(), null), code)))
        .isEqualTo("invalid_grant");
    assertThat(
            error(
                stage.redeem(
                    new Visit(client, visit.browser(), visit.page(), new CodeVerifier(), null),
                    code)))
        .isEqualTo("invalid_grant");
    assertThat(error(redeem(client, new AuthorizationCodeGrant(code, CALLBACK))))
        .isEqualTo("invalid_grant");
    var elsewhere = URI.create("https://hospital.example/other");
    assertThat(error(redeem(client, new AuthorizationCodeGrant(code, elsewhere, visit.verifier()))))
        .isEqualTo("invalid_grant");
    clock.advance(Duration.ofSeconds(61));
    assertThat(error(stage.redeem(visit, code))).isEqualTo("invalid_grant");
  }

  private com.nimbusds.oauth2.sdk.http.HTTPResponse redeem(
      Client client, AuthorizationCodeGrant grant) {
    return GuestStage.send(
        new TokenRequest(
            stage.endpoint("/oauth2/token"), new ClientID(client.getClientId()), grant));
  }

  @Test
  void goesOnOnlyInTheBrowserThatBegan() {
    Client client = stage.register(GuestStage.page());
    Visit visit = stage.visit(client, "openid");
    String confirmation = stage.approve(stage.citizen(), visit).getConfirmationCode();
    var form = Map.of("step", "confirm", "confirmation", confirmation);
    var foreign = new Browser().post(visit.page(), form);
    assertThat(foreign.statusCode()).isEqualTo(400);
    assertThat(foreign.headers().firstValue("location")).isEmpty();
    Visit another = stage.visit(client, "openid");
    assertThat(another.browser().post(visit.page(), form).statusCode()).isEqualTo(400);
    assertThat(Browser.location(visit.browser().post(visit.page(), form)))
        .hasParameter("state", "state & 状态");
    assertThat(visit.browser().post(visit.page(), form).headers().firstValue("location")).isEmpty();
  }

  /** Whoever began at their own browser and had somebody else approve lacks the approver's code. */
  @Test
  void goesOnOnlyWithTheApproversConfirmationCode() {
    Client client = stage.register(GuestStage.page());
    Visit visit = stage.visit(client, "openid");
    var early = Map.of("step", "confirm", "confirmation", "00000000");
    assertThat(visit.browser().post(visit.page(), early).statusCode()).isEqualTo(200);
    String confirmation = stage.approve(stage.citizen(), visit).getConfirmationCode();
    String wrong = confirmation.equals("12345678") ? "12345679" : "12345678";
    for (int i = 0; i < 4; i++) {
      var answer =
          visit.browser().post(visit.page(), Map.of("step", "confirm", "confirmation", wrong));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("确认码不正确");
    }
    var last = visit.browser().post(visit.page(), Map.of("step", "confirm", "confirmation", wrong));
    assertThat(Browser.location(last)).hasParameter("error", "access_denied");
    var late =
        visit.browser().post(visit.page(), Map.of("step", "confirm", "confirmation", confirmation));
    assertThat(Browser.location(late)).hasParameter("error", "access_denied");
  }

  @Test
  void hidesARequestFromOthersOnceSomebodyDecided() {
    Visit visit = stage.visit(stage.register(GuestStage.page()), "openid");
    SessionTokens citizen = stage.citizen();
    var first = stage.approve(citizen, visit);
    assertThat(stage.approve(citizen, visit).getConfirmationCode())
        .isEqualTo(first.getConfirmationCode());
    SessionTokens other = stage.citizen();
    assertThat(TestCalls.reason(catchThrowable(() -> stage.approve(other, visit))))
        .isEqualTo("AUTHORIZATION_REQUEST_NOT_FOUND");
  }

  @Test
  void tellsTheGuestOfARefusalAndOfALevelOutOfReach() {
    Client client = stage.register(GuestStage.page());
    Visit plain = stage.visit(client, "openid");
    SessionTokens citizen = stage.citizen();
    deny(citizen, plain);
    assertThat(Browser.location(plain.browser().open(plain.page())))
        .hasParameter("error", "access_denied");

    var verifier = new CodeVerifier();
    var strict =
        stage
            .ask(client, verifier, "openid")
            .acrValues(
                java.util.List.of(new com.nimbusds.openid.connect.sdk.claims.ACR("real_name")));
    Visit visit = stage.visit(client, strict, verifier);
    assertThat(TestCalls.reason(catchThrowable(() -> stage.approve(citizen, visit))))
        .isEqualTo("ASSURANCE_LEVEL_TOO_LOW");
    deny(citizen, visit);
    assertThat(Browser.location(visit.browser().open(visit.page())))
        .hasParameter("error", "unmet_authentication_requirements");
    Visit given = stage.visit(client, "openid");
    assertThat(Browser.location(given.browser().post(given.page(), Map.of("step", "cancel"))))
        .hasParameter("error", "access_denied");
  }

  private void deny(SessionTokens citizen, Visit visit) {
    io.liangjiang.identity.SignedIn.await(
        TestCalls.as(stage.authorizations, citizen.getAccessToken())
            .denyAuthorizationRequest(
                DenyAuthorizationRequestRequest.newBuilder()
                    .setRequestId(io.liangjiang.identity.SignedIn.id())
                    .setRequestCode(visit.requestCode().toLowerCase(java.util.Locale.ROOT))
                    .build()));
  }

  @Test
  void forgetsARequestThatNobodyDecidedInTime() {
    Visit visit = stage.visit(stage.register(GuestStage.page()), "openid");
    SessionTokens citizen = stage.citizen();
    clock.advance(Duration.ofMinutes(11));
    assertThat(TestCalls.reason(catchThrowable(() -> stage.approve(citizen, visit))))
        .isEqualTo("AUTHORIZATION_REQUEST_NOT_FOUND");
    assertThat(visit.browser().open(visit.page()).statusCode()).isEqualTo(400);
  }
}
