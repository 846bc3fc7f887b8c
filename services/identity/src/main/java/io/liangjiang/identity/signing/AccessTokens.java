package io.liangjiang.identity.signing;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.caller.TokenSettings;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
  private static final String AUTHENTICATED = "auth_time";

  /**
   * A signed token.
   *
   * @param token the JWT
   * @param expiresInSeconds from now; at least 0
   */
  public record AccessToken(String token, int expiresInSeconds) {}

  /**
   * Somebody acts for the subject of a token (RFC 8693).
   *
   * @param actor who really calls
   * @param delegation what {@code identity.ActingRevoked} names when the token is to be refused
   * @param powers what the actor may do, for example "tourism.book"
   * @param notAfter when the token ends at the latest
   */
  public record Acting(String actor, String delegation, List<String> powers, Instant notAfter) {}

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
    long expires = claims.issuedAt().plus(settings.accessTokenTtl()).getEpochSecond();
    return issue(payload(claims, expires), expires);
  }

  /**
   * Signs a token for somebody who acts for the subject, off the event loop. Errors: OVERLOADED.
   */
  public Uni<AccessToken> issue(AccessClaims claims, Acting acting) {
    Instant latest = claims.issuedAt().plus(settings.actingTokenTtl());
    Instant end = acting.notAfter().isBefore(latest) ? acting.notAfter() : latest;
    var payload = payload(claims, end.getEpochSecond());
    payload.setClaim(TokenClaims.ACTOR, Map.of("sub", acting.actor()));
    payload.setStringClaim(TokenClaims.DELEGATION, acting.delegation());
    payload.setStringListClaim(TokenClaims.POWERS, acting.powers());
    return issue(payload, end.getEpochSecond());
  }

  private Uni<AccessToken> issue(JwtClaims payload, long expires) {
    return keys.current().chain(ring -> workers.run(() -> sign(payload, expires, ring)));
  }

  private AccessToken sign(JwtClaims payload, long expires, KeyRing ring) {
    try {
      var jws = new JsonWebSignature();
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
      jws.setKeyIdHeaderValue(ring.activeKeyId());
      jws.setHeader("typ", TYPE);
      jws.setPayload(payload.toJson());
      jws.setKey(ring.activeKey());
      long left = Math.max(0, expires - clock.instant().getEpochSecond());
      return new AccessToken(jws.getCompactSerialization(), (int) left);
    } catch (JoseException e) {
      throw new IllegalStateException("an access token could not be signed", e);
    }
  }

  private JwtClaims payload(AccessClaims claims, long expires) {
    var payload = new JwtClaims();
    payload.setIssuer(tokenSettings.issuer());
    payload.setAudience(TokenVerifier.AUDIENCE);
    payload.setSubject(claims.subject());
    payload.setJwtId(claims.tokenId());
    payload.setIssuedAt(NumericDate.fromSeconds(claims.issuedAt().getEpochSecond()));
    payload.setExpirationTime(NumericDate.fromSeconds(expires));
    payload.setStringClaim(CLIENT, claims.clientId());
    payload.setStringListClaim(TokenClaims.ROLES, claims.roles());
    payload.setStringListClaim(METHODS, claims.methods());
    Instant authTime = claims.authTime();
    if (authTime != null) {
      payload.setClaim(AUTHENTICATED, authTime.getEpochSecond());
    }
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
