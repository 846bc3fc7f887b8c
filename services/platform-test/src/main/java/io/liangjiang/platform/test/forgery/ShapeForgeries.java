package io.liangjiang.platform.test.forgery;

import java.util.List;
import java.util.Random;

/** A good token cut or changed, and what is no token at all, up to a megabyte of it. */
final class ShapeForgeries {
  private static final int MEGABYTE = 1 << 20;
  private static final int CUTS = 150;
  private static final int FLIPS_A_PART = 60;
  private static final int SEED = 9068;

  private final Attack attack;
  private final String genuine = Attack.genuine();
  private final String[] parts = genuine.split("\\.", -1);

  ShapeForgeries(Attack attack) {
    this.attack = attack;
  }

  void add() {
    addCuts();
    addFlips();
    addMixed();
    addTexts();
    addHuge();
    addEncrypted();
  }

  private void addCuts() {
    int step = Math.max(1, genuine.length() / CUTS);
    for (int length = 1; length < genuine.length() - 1; length += step) {
      attack.add("truncated", "to " + length, genuine.substring(0, length));
    }
    attack.add("truncated", "without its first character", genuine.substring(1));
  }

  /** One bit of what the parts say; the spare bits of Base64 say nothing. */
  private void addFlips() {
    Random random = new Random(SEED);
    for (int part = 0; part < parts.length; part++) {
      byte[] bytes = Jwt.decode(parts[part]);
      for (int i = 0; i < FLIPS_A_PART; i++) {
        int bit = random.nextInt(bytes.length * Byte.SIZE);
        byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        String[] changed = parts.clone();
        changed[part] = Jwt.encode(flipped);
        attack.add("bit-flipped", "part " + part + " bit " + bit, String.join(".", changed));
      }
    }
  }

  private void addMixed() {
    String[] other = Attack.genuine().split("\\.", -1);
    attack.add("mixed", "another's claims", parts[0] + "." + other[1] + "." + parts[2]);
    attack.add("mixed", "another's signature", parts[0] + "." + parts[1] + "." + other[2]);
    attack.add("mixed", "claims first", parts[1] + "." + parts[0] + "." + parts[2]);
    attack.add("mixed", "a part too many", genuine + "." + parts[2]);
    attack.add("mixed", "no header", "." + parts[1] + "." + parts[2]);
    attack.add("mixed", "no claims", parts[0] + ".." + parts[2]);
    attack.add("mixed", "no signature", parts[0] + "." + parts[1] + ".");
    attack.add("mixed", "two tokens", genuine + "," + genuine);
    attack.add("mixed", "nested", nested());
    attack.add("mixed", "quoted", "\"" + genuine + "\"");
    attack.add(
        "mixed",
        "as JSON",
        "{\"protected\":\""
            + parts[0]
            + "\",\"payload\":\""
            + parts[1]
            + "\",\"signature\":\""
            + parts[2]
            + "\"}");
  }

  private String nested() {
    String header = attack.header("RS256").replace("{", "{\"cty\":\"JWT\",");
    return new Jwt(header, genuine).signed(attack.ownRsa().getPrivate(), Attack.RS256);
  }

  private void addTexts() {
    for (String text :
        List.of(
            ".",
            "..",
            "...",
            "....",
            "a.b.c",
            "null",
            "undefined",
            "true",
            "{}",
            "e30.e30.e30",
            "e30.e30.",
            "-.-.-",
            "=.=.=",
            "Bearer",
            "admin",
            "%00",
            "\u0000",
            "\n",
            "\ud83d\ude00",
            "eyJhbGciOiJSUzI1NiJ9.bnVsbA.AA",
            "W10.W10.W10",
            "IiI.IiI.IiI")) {
      attack.add("no-token", "'" + text + "'", text);
    }
    for (String claims : List.of("", "null", "[]", "\"x\"", "1", "{", "{\"a\":}", "{}{}")) {
      attack.add(
          "no-token",
          "claims " + claims,
          new Jwt(attack.header("RS256"), claims).signed(attack.issuersPrivate(), Attack.RS256));
    }
    attack.add(
        "no-token",
        "claims a thousand lists deep",
        new Jwt(attack.header("RS256"), "[".repeat(1_000) + "]".repeat(1_000))
            .signed(attack.issuersPrivate(), Attack.RS256));
  }

  private void addHuge() {
    attack.add("huge", "one letter", "a".repeat(MEGABYTE));
    attack.add("huge", "dots", ".".repeat(MEGABYTE));
    attack.add("huge", "signature", parts[0] + "." + parts[1] + "." + "A".repeat(MEGABYTE));
    attack.add("huge", "header", "A".repeat(MEGABYTE) + "." + parts[1] + "." + parts[2]);
    attack.add(
        "huge",
        "claims, signed by the issuer",
        new Jwt(attack.header("RS256"), Attack.claims(",\"x\":\"" + "x".repeat(MEGABYTE) + "\""))
            .signed(attack.issuersPrivate(), Attack.RS256));
    attack.add(
        "huge",
        "deep claims, signed by the issuer",
        new Jwt(
                attack.header("RS256"),
                Attack.claims(",\"x\":" + "[".repeat(MEGABYTE / 2) + "]".repeat(MEGABYTE / 2)))
            .signed(attack.issuersPrivate(), Attack.RS256));
    attack.add("huge", "spaces around", " ".repeat(MEGABYTE) + genuine);
  }

  /** Whoever decrypts what a stranger sends pays for it: PBES2 with two thousand million rounds. */
  private void addEncrypted() {
    for (String alg :
        List.of("dir", "RSA1_5", "RSA-OAEP", "A128KW", "ECDH-ES", "PBES2-HS256+A128KW")) {
      String header =
          "{\"alg\":\""
              + alg
              + "\",\"enc\":\"A128GCM\",\"zip\":\"DEF\",\"kid\":\""
              + attack.issuer().getKeyId()
              + "\",\"p2c\":2147483647,\"p2s\":\"AAAAAAAAAAA\"}";
      attack.add(
          "encrypted",
          alg,
          Jwt.encode(header)
              + ".AAAA."
              + Jwt.encode(new byte[12])
              + ".AAAA."
              + Jwt.encode(new byte[16]));
    }
  }
}
