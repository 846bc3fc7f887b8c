package io.liangjiang.platform.test.forgery;

import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.RsaJsonWebKey;

/**
 * What every attack starts from: the issuer's key as the verifier knows it, keys of the attacker's
 * own, claims that would be good.
 */
final class Attack {
  static final String RS256 = "SHA256withRSA";
  static final String ES256 = "SHA256withECDSAinP1363Format";
  private static final long LIFE_SECONDS = 3_600;
  private static final int KEY_BITS = 2048;

  private final RsaJsonWebKey issuer = TestTokens.issuerKey();
  private final KeyPair ownRsa = pair("RSA");
  private final KeyPair ownEc = pair("EC");
  private final List<Forgery> forgeries = new ArrayList<>();

  /** Adds a forgery. */
  void add(String family, String name, String token) {
    forgeries.add(new Forgery(family, name, token));
  }

  /** All that were added, each token once. */
  List<Forgery> all() {
    Set<String> seen = new HashSet<>();
    return forgeries.stream().filter(forgery -> seen.add(forgery.token())).toList();
  }

  /** The issuer's key, of which an attacker has the public half. */
  RsaJsonWebKey issuer() {
    return issuer;
  }

  /** The issuer's private key: for tokens that are signed right and wrong otherwise. */
  PrivateKey issuersPrivate() {
    return issuer.getPrivateKey();
  }

  KeyPair ownRsa() {
    return ownRsa;
  }

  KeyPair ownEc() {
    return ownEc;
  }

  /** A header with the issuer's key id. */
  String header(String algorithm) {
    return header(algorithm, "\"kid\":\"" + issuer.getKeyId() + "\"");
  }

  /** A header with other members; the type is right. */
  static String header(String algorithm, String members) {
    String rest = members.isEmpty() ? "" : "," + members;
    return "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"" + rest + "}";
  }

  /** Claims that would be good. */
  static String claims() {
    return claims("");
  }

  /** Claims that would be good, with more members after them. */
  static String claims(String members) {
    long now = System.currentTimeMillis() / 1_000;
    return "{"
        + standard(TestTokens.ISSUER, "\"" + TokenVerifier.AUDIENCE + "\"")
        + ",\"iat\":"
        + now
        + ",\"exp\":"
        + (now + LIFE_SECONDS)
        + members
        + "}";
  }

  /** The claims but for the times; the audience is JSON. */
  static String standard(String tokenIssuer, String audience) {
    return "\"iss\":\""
        + tokenIssuer
        + "\",\"aud\":"
        + audience
        + ",\"sub\":\""
        + UUID.randomUUID()
        + "\",\"jti\":\""
        + UUID.randomUUID()
        + "\",\"sid\":\""
        + UUID.randomUUID()
        + "\",\"acr\":\"face\",\"roles\":[\"citizen\",\"admin\",\"auditor\",\"service\"]";
  }

  /** A token that is good. */
  static String genuine() {
    return TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE);
  }

  private static KeyPair pair(String algorithm) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(KEY_BITS);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
