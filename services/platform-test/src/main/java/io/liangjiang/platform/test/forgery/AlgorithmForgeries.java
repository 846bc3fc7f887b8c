package io.liangjiang.platform.test.forgery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;

/** Lies about the algorithm: none at all, the public key as a secret, curves without a point. */
final class AlgorithmForgeries {
  private static final int P256_BYTES = 32;
  private static final byte[] P256_ORDER =
      java.util.HexFormat.of()
          .parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

  private final Attack attack;

  AlgorithmForgeries(Attack attack) {
    this.attack = attack;
  }

  void add() {
    addNone();
    addPublicKeyAsSecret();
    addPsychic();
    addOtherAlgorithms();
  }

  private void addNone() {
    String genuine = Attack.genuine().split("\\.", -1)[2];
    for (String none :
        List.of("none", "None", "NONE", "nOnE", "none ", " none", "none\\u0000", "", "null")) {
      String header = attack.header(none);
      String input = new Jwt(header, Attack.claims()).input();
      attack.add("alg-none", "'" + none + "' without signature", input + ".");
      attack.add("alg-none", "'" + none + "' with two parts", input);
      attack.add("alg-none", "'" + none + "' with another's signature", input + "." + genuine);
      attack.add("alg-none", "'" + none + "' with a dot too many", input + "..");
      String noKey = new Jwt(Attack.header(none, ""), Attack.claims()).input();
      attack.add("alg-none", "'" + none + "' without a key id", noKey + ".");
    }
    for (String alg : List.of("null", "0", "true", "[]", "[\"none\"]", "{}", "[\"RS256\"]")) {
      String header =
          "{\"alg\":" + alg + ",\"typ\":\"at+jwt\",\"kid\":\"" + attack.issuer().getKeyId() + "\"}";
      attack.add("alg-none", alg + " as algorithm", new Jwt(header, Attack.claims()).input() + ".");
    }
    String without = "{\"typ\":\"at+jwt\",\"kid\":\"" + attack.issuer().getKeyId() + "\"}";
    attack.add("alg-none", "no algorithm", new Jwt(without, Attack.claims()).input() + ".");
  }

  private void addPublicKeyAsSecret() {
    secrets()
        .forEach(
            (name, secret) -> {
              for (int bits : List.of(256, 384, 512)) {
                for (String kid : List.of(attack.issuer().getKeyId(), "", "none")) {
                  var jwt =
                      new Jwt(
                          Attack.header("HS" + bits, "\"kid\":\"" + kid + "\""), Attack.claims());
                  attack.add(
                      "public-key-as-secret",
                      "HS" + bits + " with " + name + ", kid '" + kid + "'",
                      jwt.authenticated(secret, "HmacSHA" + bits));
                }
              }
            });
  }

  private Map<String, byte[]> secrets() {
    var key = attack.issuer();
    byte[] der = key.getPublicKey().getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
    var secrets = new LinkedHashMap<String, byte[]>();
    secrets.put("the key as DER", der);
    secrets.put("the key as PEM", text(pem));
    secrets.put("the key as PEM with a newline", text(pem + "\n"));
    secrets.put("the key as PEM of Windows", text(pem.replace("\n", "\r\n") + "\r\n"));
    secrets.put("the key's Base64", text(Base64.getEncoder().encodeToString(der)));
    secrets.put("the modulus", key.getRsaPublicKey().getModulus().toByteArray());
    secrets.put("the modulus as text", text(key.getRsaPublicKey().getModulus().toString()));
    secrets.put("the JWK", text(key.toJson(OutputControlLevel.PUBLIC_ONLY)));
    secrets.put("the JWK Set", text(new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY)));
    secrets.put("the key's id", text(key.getKeyId()));
    secrets.put("nothing", new byte[0]);
    secrets.put("zeros", new byte[64]);
    secrets.put("'secret'", text("secret"));
    return secrets;
  }

  /** CVE-2022-21449 and its kin: signatures that a careless curve takes for anything. */
  private void addPsychic() {
    byte[] one = new byte[P256_BYTES];
    one[P256_BYTES - 1] = 1;
    List<byte[]> values = List.of(new byte[P256_BYTES], one, P256_ORDER, filled(P256_BYTES));
    List<byte[]> signatures = new ArrayList<>();
    for (byte[] r : values) {
      for (byte[] s : values) {
        signatures.add(joined(r, s));
      }
    }
    for (int length : List.of(0, 1, 63, 65, 96, 128, 132, 256)) {
      signatures.add(new byte[length]);
    }
    signatures.add(new byte[] {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00});
    for (String algorithm : List.of("ES256", "ES384", "ES512", "ES256K")) {
      for (byte[] signature : signatures) {
        attack.add(
            "psychic-signature",
            algorithm + " " + java.util.HexFormat.of().formatHex(signature),
            new Jwt(attack.header(algorithm), Attack.claims()).with(signature));
      }
    }
  }

  /** Signed right by the attacker, who says it is the issuer's. */
  private void addOtherAlgorithms() {
    for (String alg : List.of("RS256", "RS384", "RS512", "PS256", "rs256", "RS256 ", "RSA256")) {
      var jwt = new Jwt(attack.header(alg), Attack.claims());
      attack.add(
          "own-key", alg + " by RSA", jwt.signed(attack.ownRsa().getPrivate(), Attack.RS256));
      attack.add("own-key", alg + " by EC", jwt.signed(attack.ownEc().getPrivate(), Attack.ES256));
      attack.add("own-key", alg + " of zeros", jwt.with(new byte[256]));
    }
    for (String alg : List.of("ES256", "EdDSA", "Ed25519")) {
      var jwt = new Jwt(attack.header(alg), Attack.claims());
      attack.add("own-key", alg + " by EC", jwt.signed(attack.ownEc().getPrivate(), Attack.ES256));
      attack.add(
          "other-algorithm",
          alg + " by the issuer's RSA",
          jwt.signed(attack.issuersPrivate(), Attack.RS256));
    }
    for (String[] other :
        new String[][] {
          {"RS384", "SHA384withRSA"}, {"RS512", "SHA512withRSA"}, {"RS1", "SHA1withRSA"}
        }) {
      attack.add(
          "other-algorithm",
          other[0] + " by the issuer",
          new Jwt(attack.header(other[0]), Attack.claims())
              .signed(attack.issuersPrivate(), other[1]));
    }
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
