package io.liangjiang.sandbox.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SMS provider is strict where a real one is, and shows what arrived. */
@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class SmsResourceTest {
  private static final String KEY = "sandbox-sms-key-for-development-only";

  private final String id = UUID.randomUUID().toString();
  private final String phone =
      "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));

  @AfterEach
  void endFaults() {
    given().delete("/faults").then().statusCode(200);
  }

  @Test
  void deliversOnceAndShowsTheCode() {
    Response first = send(body(id, phone, "123456"));
    Response second = send(body(id, phone, "123456"));

    assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);
    assertThat(first.jsonPath().getString("state")).isEqualTo("ACCEPTED");
    assertThat(second.asString()).isEqualTo(first.asString());
    var inbox = given().queryParam("phoneNumber", phone).get("/smsMessages").jsonPath();
    assertThat(inbox.getList("smsMessages.code")).containsExactly("123456");
    assertThat(inbox.getString("smsMessages[0].text")).isEqualTo("【两江】验证码 123456，5 分钟内有效。请勿告诉他人。");
  }

  @Test
  void refusesOtherContentUnderAUsedId() {
    send(body(id, phone, "123456"));

    refused(send(body(id, phone, "654321")), 409, "MESSAGE_ID_USED");
  }

  @Test
  void limitsWhatAPhoneGets() {
    send(body(id, phone, "123456"));

    refused(send(body(UUID.randomUUID().toString(), phone, "1234")), 429, "BUSINESS_LIMIT_CONTROL");
  }

  @Test
  void refusesWhatIsNotSignedRight() {
    String body = body(id, phone, "123456");
    String nonce = UUID.randomUUID().toString();
    String old = Long.toString(Long.parseLong(now()) - 400);

    refused(send(body, "sandbox-sms", nonce, now(), "0".repeat(64)), 401, "SIGN_ERROR");
    refused(send(body, "sandbox-sms", nonce, old, sign(old, nonce, body)), 401, "SIGN_ERROR");
    refused(send(body, "sandbox-sms", "", now(), sign(now(), "", body)), 401, "SIGN_ERROR");
    refused(send(body, "another", nonce, now(), sign(now(), nonce, body)), 401, "SIGN_ERROR");
    assertThat(
            given()
                .queryParam("phoneNumber", phone)
                .get("/smsMessages")
                .jsonPath()
                .getList("smsMessages"))
        .isEmpty();
  }

  @Test
  void refusesWhatIsNoMessage() {
    refused(send(body("no-uuid", phone, "123456")), 400, "INVALID_MESSAGE_ID");
    refused(send(body(id, "12345", "123456")), 400, "INVALID_PHONE_NUMBER");
    refused(send(body(id, phone, "letters")), 400, "INVALID_PARAMETERS");
    refused(send(body(id, phone, "123456").replace("SIGN_IN_CODE", "X")), 400, "UNKNOWN_TEMPLATE");
    refused(send("{"), 400, "INVALID_JSON");
    refused(send("null"), 400, "INVALID_JSON");
    assertThat(given().queryParam("count", 101).get("/smsMessages").statusCode()).isEqualTo(400);
  }

  @Test
  void isBusyWhenToldTo() {
    given().contentType(ContentType.JSON).body("{\"sms\":\"FAIL\"}").post("/faults");

    assertThat(send(body(id, phone, "123456")).statusCode()).isEqualTo(503);
  }

  private static void refused(Response answer, int status, String code) {
    assertThat(answer.statusCode() + " " + answer.jsonPath().getString("code"))
        .isEqualTo(status + " " + code);
  }

  private static String body(String id, String phone, String code) {
    return """
    {"messageId":"%s","phoneNumber":"%s","signature":"两江","templateId":"SIGN_IN_CODE",\
    "templateParameters":{"code":"%s","minutes":"5"}}\
    """
        .formatted(id, phone, code);
  }

  private static Response send(String body) {
    String nonce = UUID.randomUUID().toString();
    return send(body, "sandbox-sms", nonce, now(), sign(now(), nonce, body));
  }

  private static Response send(
      String body, String keyId, String nonce, String time, String signature) {
    return given()
        .header("Sms-Key-Id", keyId)
        .header("Sms-Timestamp", time)
        .header("Sms-Nonce", nonce)
        .header("Sms-Signature", signature)
        .contentType("application/json; charset=UTF-8")
        .body(body)
        .post("/smsMessages");
  }

  private static String now() {
    return Long.toString(InstantSource.system().instant().getEpochSecond());
  }

  private static String sign(String time, String nonce, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String text = String.join("\n", "POST", "/smsMessages", time, nonce, body) + "\n";
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
