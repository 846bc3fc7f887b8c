package io.liangjiang.identity.signing;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.caller.TokenSettings;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Signs access tokens (RFC 9068) with the active key. RS256 signatures are deterministic: equal
 * claims, equal token.
 */
@ApplicationScoped
public class AccessTokens {
  private static final String TYPE = "at+jwt";
  private static final String CLIENT = "client_id";
  private static final String METHODS = "amr";

  /**
   * A signed token.
   *
   * @param token the JWT
   * @param expiresInSeconds from now; at least 0
   */
  public record AccessToken(String token, int expiresInSeconds) {}

  private final SigningKeys keys;
  private final SigningWorkers workers;
  private final IdentitySettings settings;
  private final TokenSettings tokenSettings;
  private final InstantSource clock;

  AccessTokens(
      SigningKeys keys,
      SigningWorkers workers,
      IdentitySettings settings,
      TokenSettings tokenSettings,
      InstantSource clock) {
    this.keys = keys;
    this.workers = workers;
    this.settings = settings;
    this.tokenSettings = tokenSettings;
    this.clock = clock;
  }

  /** Signs, off the event loop. Errors: OVERLOADED. */
  public Uni<AccessToken> issue(AccessClaims claims) {
    return keys.current().chain(ring -> workers.run(() -> sign(claims, ring)));
  }

  private AccessToken sign(AccessClaims claims, KeyRing ring) {
    long issued = claims.issuedAt().getEpochSecond();
    long expires = issued + settings.accessTokenTtl().toSeconds();
    try {
      var jws = new JsonWebSignature();
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
      jws.setKeyIdHeaderValue(ring.activeKeyId());
      jws.setHeader("typ", TYPE);
      jws.setPayload(payload(claims, issued, expires).toJson());
      jws.setKey(ring.activeKey());
      long left = Math.max(0, expires - clock.instant().getEpochSecond());
      return new AccessToken(jws.getCompactSerialization(), (int) left);
    } catch (JoseException e) {
      throw new IllegalStateException("an access token could not be signed", e);
    }
  }

  private JwtClaims payload(AccessClaims claims, long issued, long expires) {
    var payload = new JwtClaims();
    payload.setIssuer(tokenSettings.issuer());
    payload.setAudience(TokenVerifier.AUDIENCE);
    payload.setSubject(claims.subject());
    payload.setJwtId(claims.tokenId());
    payload.setIssuedAt(NumericDate.fromSeconds(issued));
    payload.setExpirationTime(NumericDate.fromSeconds(expires));
    payload.setStringClaim(CLIENT, claims.clientId());
    payload.setStringListClaim(TokenClaims.ROLES, claims.roles());
    payload.setStringListClaim(METHODS, claims.methods());
    if (!claims.sessionId().isEmpty()) {
      payload.setStringClaim(TokenClaims.SESSION, claims.sessionId());
    }
    if (claims.assuranceLevel() != AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED) {
      payload.setStringClaim(TokenClaims.ASSURANCE, TokenClaims.acr(claims.assuranceLevel()));
    }
    if (!claims.organisationId().isEmpty()) {
      payload.setStringClaim(TokenClaims.ORGANISATION, claims.organisationId());
    }
    return payload;
  }
}
