package io.liangjiang.identity.guesttoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientCredentialsSelector;
import com.nimbusds.oauth2.sdk.auth.verifier.Context;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.liangjiang.identity.guestclient.RegisteredClient;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a client registered, for the protocol library to choose from. What an assertion
 * brings itself (jwk, jku, x5c) is never looked at.
 */
final class RegisteredKeys implements ClientCredentialsSelector<RegisteredClient> {
  private final RegisteredClient client;

  RegisteredKeys(RegisteredClient client) {
    this.client = client;
  }

  @Override
  public List<Secret> selectClientSecrets(
      ClientID id, ClientAuthenticationMethod method, @Nullable Context<RegisteredClient> context) {
    return List.of();
  }

  @Override
  public List<? extends PublicKey> selectPublicKeys(
      ClientID id,
      ClientAuthenticationMethod method,
      JWSHeader header,
      boolean again,
      @Nullable Context<RegisteredClient> context) {
    try {
      JWKSet keys = JWKSet.parse(client.registration().getJwks());
      List<PublicKey> chosen = new ArrayList<>();
      for (JWK key : new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys)) {
        if (key instanceof AsymmetricJWK pair) {
          chosen.add(pair.toPublicKey());
        }
      }
      return chosen;
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("the keys of " + client.id() + " cannot be read", e);
    }
  }
}
