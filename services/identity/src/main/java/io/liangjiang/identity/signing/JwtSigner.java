package io.liangjiang.identity.signing;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks JWTs of other forms than the city's own access tokens, with the same keys. Equal
 * claims make equal tokens.
 */
@ApplicationScoped
public class JwtSigner {
  private static final Logger LOG = Logger.getLogger(JwtSigner.class);
  private static final int MAX_TOKEN_LENGTH = 8_192;

  private record Parsed(KeyRing ring, Map<String, PublicKey> keys) {}

  private final SigningKeys keys;
  private final SigningWorkers workers;
  private final InstantSource clock;
  private volatile @Nullable Parsed parsed;

  JwtSigner(SigningKeys keys, SigningWorkers workers, InstantSource clock) {
    this.keys = keys;
    this.workers = workers;
    this.clock = clock;
  }

  /** Signs, off the event loop. Errors: OVERLOADED. */
  public Uni<String> sign(String type, JwtClaims claims) {
    return keys.current().chain(ring -> workers.run(() -> sign(type, claims, ring)));
  }

  /**
   * The claims of a token that this service signed and that says so of itself; nothing for any
   * other text.
   *
   * @param type its {@code typ}
   * @param issuer its {@code iss}
   * @param mayHaveExpired whether its expiry does not matter
   */
  public Uni<Optional<JwtClaims>> verify(
      String token, String type, String issuer, boolean mayHaveExpired) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      return Uni.createFrom().item(Optional.empty());
    }
    return keys.current().map(ring -> verify(token, type, issuer, mayHaveExpired, ring));
  }

  private static String sign(String type, JwtClaims claims, KeyRing ring) {
    try {
      var jws = new JsonWebSignature();
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
      jws.setKeyIdHeaderValue(ring.activeKeyId());
      jws.setHeader("typ", type);
      jws.setPayload(claims.toJson());
      jws.setKey(ring.activeKey());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("a token could not be signed", e);
    }
  }

  private Optional<JwtClaims> verify(
      String token, String type, String issuer, boolean mayHaveExpired, KeyRing ring) {
    Map<String, PublicKey> known = publicKeys(ring);
    var consumer =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver((jws, nesting) -> resolve(jws, known))
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
            .setExpectedType(true, type)
            .setExpectedIssuer(issuer)
            .setSkipDefaultAudienceValidation()
            .setRequireSubject()
            .setRequireExpirationTime()
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()));
    if (mayHaveExpired) {
      consumer.setEvaluationTime(NumericDate.fromSeconds(0));
    }
    try {
      return Optional.of(consumer.build().processToClaims(token));
    } catch (InvalidJwtException e) {
      LOG.debugf("a token was refused: %s", e.getErrorDetails().size());
      return Optional.empty();
    }
  }

  private static PublicKey resolve(JsonWebSignature jws, Map<String, PublicKey> known)
      throws UnresolvableKeyException {
    PublicKey key = known.get(String.valueOf(jws.getKeyIdHeaderValue()));
    if (key == null) {
      throw new UnresolvableKeyException("unknown key");
    }
    return key;
  }

  private Map<String, PublicKey> publicKeys(KeyRing ring) {
    Parsed known = parsed;
    if (known == null || known.ring() != ring) {
      known = new Parsed(ring, parse(ring.published()));
      parsed = known;
    }
    return known.keys();
  }

  private static Map<String, PublicKey> parse(List<SigningKey> published) {
    Map<String, PublicKey> keys = new HashMap<>();
    for (SigningKey key : published) {
      try {
        keys.put(key.id(), PublicJsonWebKey.Factory.newPublicJwk(key.publicJwk()).getPublicKey());
      } catch (JoseException e) {
        throw new IllegalStateException("signing key " + key.id() + " cannot be read", e);
      }
    }
    return keys;
  }
}
