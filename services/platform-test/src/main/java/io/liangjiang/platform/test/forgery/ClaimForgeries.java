package io.liangjiang.platform.test.forgery;

import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.test.TestTokens;
import java.util.List;

/** Signed by the issuer, and not for this city, this time or this use. */
final class ClaimForgeries {
  private static final String AUDIENCE = "\"" + TokenVerifier.AUDIENCE + "\"";
  private static final long SKEW_SECONDS = 5;
  private static final long HOUR_SECONDS = 3_600;

  private final Attack attack;

  ClaimForgeries(Attack attack) {
    this.attack = attack;
  }

  void add() {
    addIssuers();
    addAudiences();
    addTimes();
    addSubjects();
    addDuplicates();
    addTypes();
    addCritical();
  }

  private void addIssuers() {
    for (String issuer :
        List.of(
            "",
            "https://liangjiang.local/",
            "https://LIANGJIANG.local",
            "http://liangjiang.local",
            "https://liangjiang.local.attacker.example",
            "https://attacker.example",
            " https://liangjiang.local",
            "https://liangjiang.local\\u0000",
            "liangjiang")) {
      sign("issuer", "'" + issuer + "'", claims(issuer, AUDIENCE));
    }
    for (String json : List.of("null", "1", "[\"" + TestTokens.ISSUER + "\"]", "{}")) {
      String with = claims(TestTokens.ISSUER, AUDIENCE);
      sign(
          "issuer", json, with.replace("\"iss\":\"" + TestTokens.ISSUER + "\"", "\"iss\":" + json));
    }
    sign("issuer", "none", claims(TestTokens.ISSUER, AUDIENCE).replace("\"iss\"", "\"was\""));
  }

  private void addAudiences() {
    for (String audience :
        List.of(
            "\"\"",
            "\"another\"",
            "\"Liangjiang\"",
            "\"liangjiang \"",
            "\"liangjiang-guest\"",
            "\"wx6c6a000000000001\"",
            "[]",
            "[\"another\"]",
            "[[\"liangjiang\"]]",
            "[null]",
            "null",
            "1",
            "{\"liangjiang\":true}",
            "\"*\"")) {
      sign("audience", audience, claims(TestTokens.ISSUER, audience));
    }
    sign("audience", "none", claims(TestTokens.ISSUER, AUDIENCE).replace("\"aud\"", "\"was\""));
  }

  private void addTimes() {
    long now = System.currentTimeMillis() / 1_000;
    for (long ago : List.of(SKEW_SECONDS + 1, 60L, HOUR_SECONDS, 400L * 24 * HOUR_SECONDS, now)) {
      sign("expired", ago + " s ago", timed(",\"exp\":" + (now - ago)));
    }
    for (String exp :
        List.of("null", "\"\"", "\"never\"", "-1", "0", "[]", "{}", "true", "\"9999999999\"")) {
      sign("expired", exp, timed(",\"exp\":" + exp));
    }
    sign("expired", "no time at all", timed(""));
    sign("expired", "misspelt", timed(",\"Exp\":" + (now + HOUR_SECONDS)));
    // they are made once and used as long as the tests run: none may come of age
    for (long ahead : List.of(HOUR_SECONDS, 24 * HOUR_SECONDS, 400 * 24 * HOUR_SECONDS)) {
      sign("not-yet", ahead + " s ahead", Attack.claims(",\"nbf\":" + (now + ahead)));
    }
    for (String nbf : List.of("\"tomorrow\"", "[]", "{}", "true")) {
      sign("not-yet", nbf, Attack.claims(",\"nbf\":" + nbf));
    }
  }

  private static String timed(String time) {
    return "{" + Attack.standard(TestTokens.ISSUER, AUDIENCE) + time + "}";
  }

  private void addSubjects() {
    for (String json : List.of("null", "1", "[]", "{}", "true")) {
      sign("subject", json, Attack.claims().replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":" + json));
    }
    sign("subject", "none", Attack.claims().replace("\"sub\"", "\"was\""));
    for (String json : List.of("\"admin\"", "1", "{}", "[1]", "[null]", "[[\"admin\"]]")) {
      sign(
          "roles",
          "powers " + json,
          Attack.claims(
              ",\""
                  + TokenClaims.ACTOR
                  + "\":{\"sub\":\"x\"},\""
                  + TokenClaims.POWERS
                  + "\":"
                  + json));
      sign(
          "roles",
          json,
          Attack.claims().replaceFirst("\"roles\":\\[[^\\]]*\\]", "\"roles\":" + json));
    }
  }

  /** Which of two counts is anybody's guess, so neither does (RFC 7519, section 4). */
  private void addDuplicates() {
    for (String name : List.of("iss", "aud", "sub", "exp", "iat", "roles", "acr", "sid", "jti")) {
      String value = name.equals("exp") || name.equals("iat") ? "9999999999" : "\"liangjiang\"";
      sign("duplicate", name + " again", Attack.claims(",\"" + name + "\":" + value));
      sign(
          "duplicate",
          name + " before",
          "{\"" + name + "\":" + value + "," + Attack.claims().substring(1));
    }
    for (String member : List.of("\"alg\":\"RS256\"", "\"typ\":\"at+jwt\"", "\"alg\":\"none\"")) {
      String header = attack.header("RS256");
      attack.add(
          "duplicate",
          "header " + member,
          signed(header.substring(0, header.length() - 1) + "," + member + "}", Attack.claims()));
    }
  }

  private void addTypes() {
    for (String type :
        List.of(
            "JWT", "jwt", "id+jwt", "rt+jwt", "logout+jwt", "dpop+jwt", "at", "", "secevent+jwt")) {
      attack.add(
          "type",
          "'" + type + "'",
          signed(attack.header("RS256").replace("at+jwt", type), Attack.claims()));
    }
    attack.add(
        "type",
        "none",
        signed(attack.header("RS256").replace(",\"typ\":\"at+jwt\"", ""), Attack.claims()));
  }

  /** Who does not understand what is critical refuses it (RFC 7515, section 4.1.11). */
  private void addCritical() {
    for (String members :
        List.of(
            "\"crit\":[\"x\"],\"x\":1",
            "\"crit\":[\"x\"]",
            "\"crit\":[\"exp\"],\"exp\":1",
            "\"crit\":[\"http://attacker.example/x\"],\"http://attacker.example/x\":true",
            "\"crit\":[\"b64\",\"x\"],\"b64\":true,\"x\":1",
            "\"crit\":\"x\",\"x\":1",
            "\"crit\":[1]",
            "\"crit\":{\"x\":1}")) {
      String kid = "\"kid\":\"" + attack.issuer().getKeyId() + "\",";
      attack.add("crit", members, signed(Attack.header("RS256", kid + members), Attack.claims()));
    }
  }

  private static String claims(String issuer, String audience) {
    long now = System.currentTimeMillis() / 1_000;
    return "{" + Attack.standard(issuer, audience) + ",\"exp\":" + (now + HOUR_SECONDS) + "}";
  }

  private void sign(String family, String name, String claims) {
    attack.add(family, name, signed(attack.header("RS256"), claims));
  }

  private String signed(String header, String claims) {
    return new Jwt(header, claims).signed(attack.issuersPrivate(), Attack.RS256);
  }
}
