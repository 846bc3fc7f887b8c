package io.liangjiang.identity.guesttoken;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.guesttoken.GuestStage.API;
import static io.liangjiang.identity.guesttoken.GuestStage.error;
import static io.liangjiang.identity.guesttoken.GuestStage.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.GrantGuestRequest;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Clients with keys: how they prove themselves, and what they get for themselves and others. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class MachineTest {
  @Inject GuestStage stage;

  private final RSAKey key = GuestStage.key();

  private PrivateKeyJWT proof(Client client, RSAKey with) {
    return stage.proof(client, with);
  }

  private HTTPResponse ownToken(PrivateKeyJWT proof, String... scopes) {
    return send(
        new TokenRequest(
            stage.endpoint("/oauth2/token"),
            proof,
            new ClientCredentialsGrant(),
            scopes.length == 0 ? null : new Scope(scopes)));
  }

  private static AccessToken access(HTTPResponse answer) {
    try {
      return AccessTokenResponse.parse(answer).getTokens().getAccessToken();
    } catch (com.nimbusds.oauth2.sdk.ParseException e) {
      throw new AssertionError(answer.getBody(), e);
    }
  }

  private TokenIntrospectionSuccessResponse introspect(Client asker, RSAKey with, AccessToken token)
      throws Exception {
    return TokenIntrospectionSuccessResponse.parse(
        send(
            new TokenIntrospectionRequest(
                stage.endpoint("/oauth2/introspect"), proof(asker, with), token)));
  }

  @Test
  void givesAMachineATokenOfItsOwn() throws Exception {
    Client machine = stage.register(GuestStage.machine(key));
    AccessToken token = access(ownToken(proof(machine, key)));
    JWTClaimsSet claims = SignedJWT.parse(token.getValue()).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo(machine.getClientId());
    assertThat(claims.getAudience()).containsExactly("https://insurance.example");
    assertThat(claims.getIssuer()).isEqualTo(stage.issuer);
    assertThat(claims.getStringClaim("scope")).isEqualTo("hospital:appointments");
    assertThat(claims.getClaims()).doesNotContainKeys("roles", "sid", "acr");
    assertThat(introspect(machine, key, token).isActive()).isTrue();
    assertThat(error(ownToken(proof(machine, key), "phone"))).isEqualTo("invalid_scope");
    assertThat(error(ownToken(proof(machine, key), "openid"))).isEqualTo("invalid_scope");

    RSAKey strangersKey = GuestStage.key();
    Client stranger = stage.register(GuestStage.machine(strangersKey));
    assertThat(introspect(stranger, strangersKey, token).isActive()).isFalse();
    stage.suspend(machine);
    assertThat(error(ownToken(proof(machine, key)))).isEqualTo("unauthorized_client");
  }

  private SignedJWT assertion(Client client, JWSHeader header, JWTClaimsSet claims)
      throws Exception {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(
        header.getAlgorithm().equals(JWSAlgorithm.HS256)
            ? new MACSigner(key.toPublicJWK().toRSAPublicKey().getEncoded())
            : new RSASSASigner(key));
    return jwt;
  }

  private JWTClaimsSet.Builder claims(Client client) {
    return new JWTClaimsSet.Builder()
        .issuer(client.getClientId())
        .subject(client.getClientId())
        .audience(stage.issuer)
        .jwtID(UUID.randomUUID().toString())
        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
  }

  private HTTPResponse withAssertion(String assertion, String... more) throws Exception {
    var request = new HTTPRequest(HTTPRequest.Method.POST, stage.endpoint("/oauth2/token"));
    request.setContentType("application/x-www-form-urlencoded");
    var form =
        new java.util.HashMap<>(
            Map.of(
                "grant_type", List.of("client_credentials"),
                "client_assertion_type",
                    List.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                "client_assertion", List.of(assertion)));
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], List.of(more[i + 1]));
    }
    request.setBody(URLUtils.serializeParameters(form));
    return request.send();
  }

  private void refused(String what, HTTPResponse answer) {
    assertThat(answer.getStatusCode()).as("%s: %s", what, answer.getBody()).isIn(400, 401);
    assertThat(error(answer)).as(what).isIn("invalid_client", "invalid_request");
  }

  @Test
  void takesNoForgedAssertion() throws Exception {
    Client machine = stage.register(GuestStage.machine(key));
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var good = assertion(machine, header, claims(machine).build()).serialize();
    assertThat(withAssertion(good).getStatusCode()).isEqualTo(200);
    refused("used before", withAssertion(good));
    refused("alg none", withAssertion(new PlainJWT(claims(machine).build()).serialize()));
    var hmac = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
    refused(
        "HS256 with the public key's bytes",
        withAssertion(assertion(machine, hmac, claims(machine).build()).serialize()));
    RSAKey own = GuestStage.key();
    var embedded =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(own.toPublicJWK())
                .keyID(key.getKeyID())
                .build(),
            claims(machine).build());
    embedded.sign(new RSASSASigner(own));
    refused("embedded jwk", withAssertion(embedded.serialize()));
    refused("no JWT", withAssertion("a.b.c"));
    refused("long", withAssertion("a".repeat(20_000)));
    refused("cut", withAssertion(good.substring(0, good.length() - 8)));
    var typed =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .criticalParams(java.util.Set.of("unheard-of"))
            .keyID(key.getKeyID())
            .build();
    refused("crit", withAssertion(assertion(machine, typed, claims(machine).build()).serialize()));
  }

  @Test
  void takesNoAssertionThatIsMeantForOthersOrForLong() throws Exception {
    Client machine = stage.register(GuestStage.machine(key));
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    refused(
        "another audience",
        withAssertion(
            assertion(machine, header, claims(machine).audience("https://evil.example").build())
                .serialize()));
    refused(
        "two audiences",
        withAssertion(
            assertion(
                    machine,
                    header,
                    claims(machine).audience(List.of(stage.issuer, "https://evil.example")).build())
                .serialize()));
    refused(
        "expired",
        withAssertion(
            assertion(
                    machine,
                    header,
                    claims(machine)
                        .expirationTime(Date.from(Instant.now().minusSeconds(300)))
                        .build())
                .serialize()));
    refused(
        "living long",
        withAssertion(
            assertion(
                    machine,
                    header,
                    claims(machine)
                        .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                        .build())
                .serialize()));
    refused(
        "without jti",
        withAssertion(assertion(machine, header, claims(machine).jwtID(null).build()).serialize()));
    refused(
        "another's subject",
        withAssertion(
            assertion(machine, header, claims(machine).subject("somebody-else").build())
                .serialize()));
  }

  @Test
  void nobodySpeaksForAClientWithKeys() throws Exception {
    var confidential =
        stage.register(GuestStage.page().setJwks(GuestStage.machine(key).getJwks()).addServes(API));
    var visit = stage.visit(confidential, "openid");
    var code = GuestStage.code(stage.goOn(stage.citizen(), visit));
    assertThat(error(stage.redeem(visit, code))).isEqualTo("invalid_client");
    var other = stage.register(GuestStage.machine(GuestStage.key()));
    assertThat(error(ownToken(proof(other, key)))).isEqualTo("invalid_client");
  }

  private HTTPResponse exchange(Client machine, RSAKey with, AccessToken subject) {
    return send(
        new TokenRequest(
            stage.endpoint("/oauth2/token"),
            proof(machine, with),
            new TokenExchangeGrant(
                subject,
                TokenTypeURI.ACCESS_TOKEN,
                null,
                null,
                null,
                List.of(new Audience("https://insurance.example"))),
            null));
  }

  @Test
  void actsOnBehalfOfACitizenWhoCameToItsDoor() throws Exception {
    Client page = stage.register(GuestStage.page());
    Client machine = stage.register(GuestStage.machine(key));
    SessionTokens citizen = stage.citizen();
    var verifier = new CodeVerifier();
    var ask =
        stage
            .ask(page, verifier, "openid", "hospital:appointments", "offline_access")
            .resources(URI.create(API));
    var visit = stage.visit(page, ask, verifier);
    AccessToken atTheDoor =
        GuestStage.tokens(stage.redeem(visit, GuestStage.code(stage.goOn(citizen, visit))))
            .getAccessToken();

    AccessToken behind = access(exchange(machine, key, atTheDoor));

    JWTClaimsSet before = SignedJWT.parse(atTheDoor.getValue()).getJWTClaimsSet();
    JWTClaimsSet after = SignedJWT.parse(behind.getValue()).getJWTClaimsSet();
    assertThat(before.getAudience()).containsExactly(API);
    assertThat(after.getAudience()).containsExactly("https://insurance.example");
    assertThat(after.getSubject()).isEqualTo(before.getSubject());
    assertThat(after.getJSONObjectClaim("act")).isEqualTo(Map.of("sub", machine.getClientId()));
    assertThat(after.getStringClaim("scope")).doesNotContain("offline_access");
    RSAKey strangersKey = GuestStage.key();
    Client stranger = stage.register(GuestStage.machine(strangersKey).setSector("shop.example"));
    assertThat(error(exchange(stranger, strangersKey, atTheDoor))).isEqualTo("invalid_request");
    assertThat(introspect(machine, key, behind).isActive()).isTrue();
    stage.withdraw(citizen, page);
    assertThat(introspect(machine, key, behind).isActive()).isFalse();
    assertThat(error(exchange(machine, key, atTheDoor))).isEqualTo("invalid_request");
  }

  private HTTPResponse silent(String appId, String token, Client guest, String... scopes) {
    return send(
        new TokenRequest(
            stage.endpoint("/oauth2/token"),
            new ClientID(appId),
            new TokenExchangeGrant(
                new BearerAccessToken(token),
                TokenTypeURI.ACCESS_TOKEN,
                null,
                null,
                null,
                List.of(new Audience(guest.getClientId()))),
            scopes.length == 0 ? null : new Scope(scopes)));
  }

  @Test
  void signsInSilentlyFromTheCitysAppWithWhatWasGranted() throws Exception {
    String app = io.liangjiang.identity.DevelopmentCity.APP_ID;
    Client guest =
        stage.register(GuestStage.page().setKind(Client.Kind.MINI_PROGRAM).clearRedirectUris());
    SessionTokens citizen = stage.citizen();
    assertThat(error(silent(app, citizen.getAccessToken(), guest))).isEqualTo("consent_required");
    await(
        TestCalls.as(stage.guests, citizen.getAccessToken())
            .grantGuest(
                GrantGuestRequest.newBuilder()
                    .setRequestId(id())
                    .setClientId(guest.getClientId())
                    .addScopes("openid")
                    .addScopes("real_name_level")
                    .build()));

    AccessToken token = access(silent(app, citizen.getAccessToken(), guest));

    assertThat(token.getIssuedTokenType()).isEqualTo(TokenTypeURI.ACCESS_TOKEN);
    assertThat(token.getScope().toStringList()).containsExactly("openid", "real_name_level");
    var claims = SignedJWT.parse(token.getValue()).getJWTClaimsSet();
    assertThat(claims.getStringClaim("client_id")).isEqualTo(guest.getClientId());
    assertThat(claims.getSubject()).isNotEqualTo(citizen.getCitizen().getCitizenId());
    assertThat(error(silent(app, citizen.getAccessToken(), guest, "openid", "phone")))
        .isEqualTo("consent_required");
    assertThat(error(silent("another-app", citizen.getAccessToken(), guest)))
        .isEqualTo("invalid_request");
    assertThat(error(silent(app, token.getValue(), guest))).isEqualTo("invalid_request");
    stage.withdraw(citizen, guest);
    assertThat(error(silent(app, citizen.getAccessToken(), guest))).isEqualTo("consent_required");
  }

  @Test
  void countsAgainstTheQuota() {
    Client machine = stage.register(GuestStage.machine(key).setRequestsPerMinute(2));
    assertThat(ownToken(proof(machine, key)).getStatusCode()).isEqualTo(200);
    assertThat(ownToken(proof(machine, key)).getStatusCode()).isEqualTo(200);
    HTTPResponse third = ownToken(proof(machine, key));
    assertThat(third.getStatusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(third.getHeaderValue("Retry-After"))).isBetween(1, 60);
  }
}
