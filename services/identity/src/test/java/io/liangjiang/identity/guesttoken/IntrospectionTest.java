package io.liangjiang.identity.guesttoken;

import static io.liangjiang.identity.guesttoken.GuestStage.send;
import static io.liangjiang.identity.guesttoken.GuestStage.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A guest asks what its refresh token is worth, and learns nothing of anybody else's. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class IntrospectionTest {
  @Inject GuestStage stage;
  @Inject MutableClock clock;

  private final RSAKey key = GuestStage.key();

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private Client server(RSAKey with) {
    return stage.register(GuestStage.page().setJwks(new JWKSet(with.toPublicJWK()).toString()));
  }

  private OIDCTokens signIn(SessionTokens citizen, Client client) {
    var visit = stage.visit(client, "openid", "offline_access", "phone");
    var grant =
        new AuthorizationCodeGrant(
            GuestStage.code(stage.goOn(citizen, visit)), GuestStage.CALLBACK, visit.verifier());
    return tokens(
        send(new TokenRequest(stage.endpoint("/oauth2/token"), stage.proof(client, key), grant)));
  }

  private OIDCTokens refresh(Client client, RefreshToken token) {
    return tokens(
        send(
            new TokenRequest(
                stage.endpoint("/oauth2/token"),
                stage.proof(client, key),
                new RefreshTokenGrant(token))));
  }

  private TokenIntrospectionSuccessResponse ask(Client asker, RSAKey with, RefreshToken token)
      throws Exception {
    return TokenIntrospectionSuccessResponse.parse(
        send(
            new TokenIntrospectionRequest(
                stage.endpoint("/oauth2/introspect"), stage.proof(asker, with), token)));
  }

  private boolean isActive(Client client, RefreshToken token) throws Exception {
    return ask(client, key, token).isActive();
  }

  @Test
  void tellsTheClientItBelongsTo() throws Exception {
    Client client = server(key);
    OIDCTokens tokens = signIn(stage.citizen(), client);
    var accessToken =
        com.nimbusds.jwt.SignedJWT.parse(tokens.getAccessToken().getValue()).getJWTClaimsSet();

    var told = ask(client, key, tokens.getRefreshToken());

    assertThat(told.isActive()).isTrue();
    assertThat(told.getClientID().getValue()).isEqualTo(client.getClientId());
    assertThat(told.getScope().toStringList())
        .containsExactlyInAnyOrder("openid", "offline_access", "phone");
    assertThat(told.getSubject().getValue()).isEqualTo(accessToken.getSubject());
    assertThat(told.getIssuer().getValue()).isEqualTo(stage.issuer);
    assertThat(told.getExpirationTime()).isAfter(accessToken.getExpirationTime());
    assertThat(told.toJSONObject().keySet())
        .containsExactlyInAnyOrder("active", "scope", "client_id", "iss", "sub", "exp");
  }

  @Test
  void tellsNobodyElse() throws Exception {
    RefreshToken token = signIn(stage.citizen(), server(key)).getRefreshToken();
    RSAKey strangersKey = GuestStage.key();
    Client stranger = server(strangersKey);
    Client machine = stage.register(GuestStage.machine(strangersKey));

    for (Client asker : new Client[] {stranger, machine}) {
      var told = ask(asker, strangersKey, token);
      assertThat(told.toJSONObject()).containsOnlyKeys("active").containsEntry("active", false);
    }
  }

  @Test
  void isActiveForAsLongAsARefreshWouldBeAnswered() throws Exception {
    Client client = server(key);
    OIDCTokens tokens = signIn(stage.citizen(), client);
    RefreshToken first = tokens.getRefreshToken();
    RefreshToken second = refresh(client, first).getRefreshToken();
    assertThat(isActive(client, first)).isTrue();
    assertThat(isActive(client, second)).isTrue();

    clock.advance(Duration.ofSeconds(61));
    assertThat(isActive(client, first)).isFalse();
    assertThat(isActive(client, second)).isTrue();

    clock.advance(Duration.ofDays(31));
    assertThat(isActive(client, second)).isFalse();
  }

  @Test
  void isNotActiveAfterTheCitizenWithdrewOrForWhatIsNoToken() throws Exception {
    Client client = server(key);
    SessionTokens citizen = stage.citizen();
    RefreshToken token = signIn(citizen, client).getRefreshToken();
    assertThat(isActive(client, token)).isTrue();

    stage.withdraw(citizen, client);

    assertThat(isActive(client, token)).isFalse();
    assertThat(isActive(client, new RefreshToken("x"))).isFalse();
    assertThat(isActive(client, new RefreshToken("x".repeat(43)))).isFalse();
  }
}
