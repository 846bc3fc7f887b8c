package io.liangjiang.platform.test;

import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Really signed tokens of a test issuer whose key lives as long as the test process. */
public final class TestTokens {
  /** Issuer that services trust by default. */
  public static final String ISSUER = "https://liangjiang.local";

  private static final int LIFE_MINUTES = 60;
  private static final int KEY_BITS = 2048;

  private TestTokens() {}

  /** A citizen's token. */
  public static String citizen(UUID citizenId, AssuranceLevel level) {
    var claims = claims(citizenId.toString(), LIFE_MINUTES);
    claims.setStringListClaim(TokenClaims.ROLES, List.of("citizen"));
    claims.setStringClaim(TokenClaims.ASSURANCE, TokenClaims.acr(level));
    claims.setStringClaim(TokenClaims.SESSION, UUID.randomUUID().toString());
    return sign(claims, Holder.KEY);
  }

  /** The token of a delegate who acts for a citizen with these powers and no others. */
  public static String acting(
      UUID citizenId, UUID delegateId, AssuranceLevel level, Collection<String> powers) {
    var claims = claims(citizenId.toString(), LIFE_MINUTES);
    claims.setStringListClaim(TokenClaims.ROLES, List.of("citizen"));
    claims.setStringClaim(TokenClaims.ASSURANCE, TokenClaims.acr(level));
    claims.setStringClaim(TokenClaims.SESSION, UUID.randomUUID().toString());
    claims.setClaim(TokenClaims.ACTOR, Map.of("sub", delegateId.toString()));
    claims.setStringClaim(TokenClaims.DELEGATION, UUID.randomUUID().toString());
    claims.setStringListClaim(TokenClaims.POWERS, List.copyOf(powers));
    return sign(claims, Holder.KEY);
  }

  /** A staff member's token; the organisation may be empty for none. */
  public static String staff(String role, String organisationId) {
    var claims = claims("staff-" + role, LIFE_MINUTES);
    claims.setStringListClaim(TokenClaims.ROLES, List.of(role));
    if (!organisationId.isEmpty()) {
      claims.setStringClaim(TokenClaims.ORGANISATION, organisationId);
    }
    return sign(claims, Holder.KEY);
  }

  /** Another service's token. */
  public static String service(String name) {
    var claims = claims(name, LIFE_MINUTES);
    claims.setStringListClaim(TokenClaims.ROLES, List.of("service"));
    return sign(claims, Holder.KEY);
  }

  /** A citizen's token that expired an hour ago. */
  public static String expired(UUID citizenId) {
    var claims = claims(citizenId.toString(), -LIFE_MINUTES);
    claims.setStringListClaim(TokenClaims.ROLES, List.of("citizen"));
    return sign(claims, Holder.KEY);
  }

  /** A citizen's token with the right key id, signed by another key. */
  public static String forged(UUID citizenId) {
    var claims = claims(citizenId.toString(), LIFE_MINUTES);
    claims.setStringListClaim(TokenClaims.ROLES, List.of("citizen"));
    RsaJsonWebKey other = generate();
    other.setKeyId(Holder.KEY.getKeyId());
    return sign(claims, other);
  }

  /** The issuer's key with its private half: for those who make tokens wrong on purpose. */
  public static RsaJsonWebKey issuerKey() {
    return Holder.KEY;
  }

  /** The issuer's public keys. */
  public static String jwks() {
    return new JsonWebKeySet(Holder.KEY).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  private static JwtClaims claims(String subject, int lifeMinutes) {
    var claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(TokenVerifier.AUDIENCE);
    claims.setSubject(subject);
    claims.setJwtId(UUID.randomUUID().toString());
    claims.setIssuedAtToNow();
    var expiry = NumericDate.now();
    expiry.addSeconds(lifeMinutes * 60L);
    claims.setExpirationTime(expiry);
    return claims;
  }

  private static String sign(JwtClaims claims, RsaJsonWebKey key) {
    try {
      var jws = new JsonWebSignature();
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
      jws.setHeader("typ", TokenVerifier.TYPE);
      jws.setKeyIdHeaderValue(key.getKeyId());
      jws.setKey(key.getPrivateKey());
      jws.setPayload(claims.toJson());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RsaJsonWebKey generate() {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(KEY_BITS);
      key.setKeyId("test-" + UUID.randomUUID());
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Holder {
    static final RsaJsonWebKey KEY = generate();
  }
}
