package io.liangjiang.platform.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies access tokens (RFC 9068 in spirit: issuer, audience, expiry, signature by RS256 or
 * ES256). A token that was verified is remembered until it expires, because a signature costs as
 * much as the rest of a call.
 */
@ApplicationScoped
public class TokenVerifier {
  /** The audience of every token of the city's own services. */
  public static final String AUDIENCE = "liangjiang";

  /** The type of access tokens (RFC 9068): what else the issuer signs opens nothing. */
  public static final String TYPE = "at+jwt";

  private static final int MAX_TOKEN_LENGTH = 8_192;
  private static final int CLOCK_SKEW_SECONDS = 5;

  private record Verified(Caller caller, long expiryMillis) {}

  private final VerificationKeys keys;
  private final JwtConsumer consumer;
  private final Cache<String, Verified> verified;

  TokenVerifier(VerificationKeys keys, TokenSettings settings, InstantSource clock) {
    this.keys = keys;
    this.consumer =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver((jws, nesting) -> resolve(jws))
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT,
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .setExpectedType(true, TYPE)
            .setExpectedIssuer(settings.issuer())
            .setExpectedAudience(AUDIENCE)
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .build();
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(settings.cacheSize())
            .expireAfter(
                Expiry.<String, Verified>creating(
                    (token, v) -> Duration.ofMillis(Math.max(0, v.expiryMillis - clock.millis()))))
            .build();
  }

  /**
   * The caller that a token names. Errors: UNAUTHENTICATED; UNAVAILABLE while no keys could be
   * fetched yet.
   */
  public Caller verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known == null) {
      known = check(token);
      verified.put(token, known);
    }
    return known.caller;
  }

  private Verified check(String token) {
    if (!keys.isLoaded()) {
      throw new ServiceException(PlatformReason.UNAVAILABLE, "the issuer's keys are not here yet")
          .retryAfter(Duration.ofSeconds(1));
    }
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw refused("the token is too long");
    }
    try {
      var claims = consumer.processToClaims(token);
      return new Verified(
          TokenClaims.caller(claims, token), claims.getExpirationTime().getValueInMillis());
    } catch (InvalidJwtException e) {
      throw refused(e.hasExpired() ? "the token has expired" : "the token is not valid");
    } catch (MalformedClaimException e) {
      throw refused("the token is not valid");
    }
  }

  private static ServiceException refused(String message) {
    return new ServiceException(PlatformReason.UNAUTHENTICATED, message);
  }

  private Key resolve(JsonWebSignature jws) throws UnresolvableKeyException {
    String keyId = jws.getKeyIdHeaderValue();
    Key key = keyId == null ? null : keys.find(keyId);
    if (key == null) {
      throw new UnresolvableKeyException("unknown key");
    }
    return key;
  }
}
