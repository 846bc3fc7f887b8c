package io.liangjiang.platform.test.forgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.test.TestTokens;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.Test;

/** The forgeries catch verifiers with planted bugs, and let a sound one alone. */
class ForgedTokensTest {
  private static String familiesAcceptedBy(Predicate<String> verifier) {
    return ForgedTokens.acceptedBy(verifier).stream()
        .map(Forgery::family)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static boolean accepts(JwtConsumerBuilder consumer, String token) {
    try {
      var claims = consumer.build().processToClaims(token);
      return claims.getStringListClaimValue("roles") != null || true;
    } catch (InvalidJwtException | org.jose4j.jwt.MalformedClaimException e) {
      return false;
    }
  }

  private static JwtConsumerBuilder sound() {
    return anyType().setExpectedType(true, TokenVerifier.TYPE);
  }

  private static JwtConsumerBuilder anyType() {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver((jws, nesting) -> key(jws))
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256"))
        .setExpectedIssuer(TestTokens.ISSUER)
        .setExpectedAudience(TokenVerifier.AUDIENCE)
        .setRequireExpirationTime()
        .setRequireSubject()
        .setAllowedClockSkewInSeconds(5);
  }

  private static Key key(JsonWebSignature jws) throws UnresolvableKeyException {
    if (!TestTokens.issuerKey().getKeyId().equals(jws.getKeyIdHeaderValue())) {
      throw new UnresolvableKeyException("unknown");
    }
    return TestTokens.issuerKey().getPublicKey();
  }

  @Test
  void areMoreThanAThousandAndDifferent() {
    List<Forgery> all = ForgedTokens.all();

    assertThat(all).hasSizeGreaterThan(1_000);
    assertThat(all.stream().map(Forgery::token).distinct()).hasSize(all.size());
    assertThat(all.stream().map(Forgery::toString).distinct()).hasSize(all.size());
    assertThat(ForgedTokens.someOfEach(1)).hasSizeGreaterThan(15).allMatch(Forgery::isSendable);
  }

  @Test
  void startFromTokensThatAreGood() {
    assertThat(accepts(sound(), Attack.genuine())).isTrue();
    var attack = new Attack();
    String good =
        new Jwt(attack.header("RS256"), Attack.claims())
            .signed(attack.issuersPrivate(), Attack.RS256);
    assertThat(accepts(sound(), good)).isTrue();
  }

  @Test
  void catchAVerifierThatReadsWithoutVerifying() {
    assertThat(
            familiesAcceptedBy(
                token -> {
                  String[] parts = token.split("\\.", -1);
                  return parts.length >= 2 && !payload(parts[1]).isEmpty();
                }))
        .contains("alg-none", "bit-flipped", "embedded-key", "own-key", "psychic-signature");
  }

  @Test
  void catchAVerifierThatAllowsNoAlgorithm() {
    var weak =
        sound()
            .setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
            .setDisableRequireSignature();
    assertThat(familiesAcceptedBy(token -> accepts(weak, token))).contains("other-algorithm");
    assertThat(familiesAcceptedBy(ForgedTokensTest::acceptsNone)).contains("alg-none");
  }

  @Test
  void catchAVerifierThatTakesThePublicKeyForASecret() {
    byte[] der = TestTokens.issuerKey().getPublicKey().getEncoded();
    var weak =
        sound()
            .setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
            .setVerificationKeyResolver(
                (jws, nesting) ->
                    jws.getAlgorithmHeaderValue().startsWith("HS")
                        ? new SecretKeySpec(der, "HmacSHA256")
                        : key(jws));
    assertThat(familiesAcceptedBy(token -> accepts(weak, token))).contains("public-key-as-secret");
  }

  @Test
  void catchAVerifierThatTakesTheKeyFromTheToken() {
    var weak = sound().setVerificationKeyResolver((jws, nesting) -> broughtKey(jws));
    assertThat(familiesAcceptedBy(token -> accepts(weak, token))).contains("embedded-key");
  }

  @Test
  void catchAVerifierThatTakesAnyKeyForAnUnknownName() {
    var weak =
        sound()
            .setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
            .setRelaxVerificationKeyValidation()
            .setVerificationKeyResolver(
                (jws, nesting) ->
                    jws.getAlgorithmHeaderValue().startsWith("HS")
                        ? new SecretKeySpec(new byte[1], "HmacSHA256")
                        : key(jws));
    assertThat(familiesAcceptedBy(token -> accepts(weak, token))).contains("kid");
  }

  @Test
  void catchAVerifierThatForgetsOneClaim() {
    var noAudience =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver((jws, nesting) -> key(jws))
            .setExpectedIssuer(TestTokens.ISSUER)
            .setSkipDefaultAudienceValidation()
            .setRequireExpirationTime()
            .setRequireSubject();
    var noIssuer =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver((jws, nesting) -> key(jws))
            .setExpectedAudience(TokenVerifier.AUDIENCE);
    var patient = sound().setAllowedClockSkewInSeconds(7_200);

    assertThat(familiesAcceptedBy(token -> accepts(noAudience, token))).contains("audience");
    assertThat(familiesAcceptedBy(token -> accepts(noIssuer, token))).contains("issuer", "subject");
    assertThat(familiesAcceptedBy(token -> accepts(patient, token))).contains("expired", "not-yet");
    assertThat(familiesAcceptedBy(token -> accepts(anyType(), token))).contains("type");
  }

  @Test
  void catchAVerifierThatTakesTheLastOfTwo() {
    assertThat(
            familiesAcceptedBy(
                token -> {
                  String[] parts = token.split("\\.", -1);
                  var claims = payload(parts.length == 3 ? parts[1] : "");
                  return TestTokens.ISSUER.equals(claims.getValue("iss")) && signedRight(token);
                }))
        .contains("duplicate", "crit");
  }

  private static boolean signedRight(String token) {
    try {
      String[] parts = token.split("\\.", -1);
      var signature = java.security.Signature.getInstance("SHA256withRSA");
      signature.initVerify(TestTokens.issuerKey().getRsaPublicKey());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Jwt.decode(parts[2]));
    } catch (java.security.GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean acceptsNone(String token) {
    String[] parts = token.split("\\.", -1);
    return parts.length == 3
        && parts[2].isEmpty()
        && "none".equalsIgnoreCase(String.valueOf(payload(parts[0]).getValue("alg")));
  }

  private static JsonObject payload(String part) {
    try {
      return new JsonObject(new String(Jwt.decode(part), StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      return new JsonObject();
    }
  }

  private static Key broughtKey(JsonWebSignature jws) throws UnresolvableKeyException {
    try {
      JsonWebKey brought = jws.getJwkHeader();
      return brought == null ? key(jws) : brought.getKey();
    } catch (JoseException e) {
      throw new UnresolvableKeyException("no key", e);
    }
  }
}
