package io.liangjiang.sandbox.sealed;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to a server with a gate, as the city does. */
public record SealedCaller(String name, String key) {
  public Response post(String path, String body) {
    String nonce = UUID.randomUUID().toString();
    return post(path, body, nonce, now(), sign("POST", path, now(), nonce, body));
  }

  public Response post(String path, String body, String nonce, String timestamp, String signature) {
    return with(nonce, timestamp, signature)
        .contentType("application/json; charset=utf-8")
        .body(body)
        .post(path);
  }

  public Response get(String path) {
    String nonce = UUID.randomUUID().toString();
    return with(nonce, now(), sign("GET", path, now(), nonce, "")).get(path);
  }

  public static String now() {
    return Long.toString(InstantSource.system().instant().getEpochSecond());
  }

  public String sign(String... lines) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String text = String.join("\n", lines) + "\n";
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private RequestSpecification with(String nonce, String timestamp, String signature) {
    return given()
        .header(name + "-Timestamp", timestamp)
        .header(name + "-Nonce", nonce)
        .header(name + "-Signature", signature);
  }
}
