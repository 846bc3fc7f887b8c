package io.liangjiang.sandbox.bank;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.sandbox.SandboxTestResource;
import io.liangjiang.sandbox.sealed.SealedCaller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bank is strict where a real one is, and fails as it is told. */
@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class BankTest {
  private static final SealedCaller BANK =
      new SealedCaller("Bank", "sandbox-bank-key-for-development-only");

  private final String number = UUID.randomUUID().toString().replace("-", "");

  @AfterEach
  void endFaults() {
    given().delete("/faults").then().statusCode(200);
  }

  @Test
  void paysOnceAndAnswersTheSameAgain() {
    long paidBefore = given().get("/bank/books").jsonPath().getLong("paidFen");

    Response first = send(body("6222020200112233445", 500));
    Response second = send(body("6222020200112233445", 500));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.jsonPath().getString("state")).isEqualTo("PAID");
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(given().get("/bank/books").jsonPath().getLong("paidFen"))
        .isEqualTo(paidBefore + 500);
  }

  @Test
  void refusesOtherContentUnderAUsedNumber() {
    send(body("6222020200112233445", 500));

    Response other = send(body("6222020200112233445", 501));

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.jsonPath().getString("code")).isEqualTo("PAYOUT_NUMBER_USED");
  }

  @Test
  void signsItsAnswerWithTheNonceOfTheRequest() {
    String nonce = UUID.randomUUID().toString();
    String body = body("6222020200112233445", 500);

    Response answer = send(body, nonce, now(), sign("POST", "/bank/payouts", now(), nonce, body));

    assertThat(answer.getHeader("Bank-Signature")).isEqualTo(sign("200", nonce, answer.asString()));
  }

  @Test
  void refusesWhatIsNotSignedRight() {
    String nonce = UUID.randomUUID().toString();
    String body = body("6222020200112233445", 500);
    String old = Long.toString(Long.parseLong(now()) - 400);

    assertThat(send(body, nonce, now(), "0".repeat(64)).statusCode()).isEqualTo(401);
    assertThat(send(body, "", now(), sign("POST", "/bank/payouts", now(), "", body)).statusCode())
        .isEqualTo(401);
    assertThat(send(body, nonce, old, sign("POST", "/bank/payouts", old, nonce, body)).statusCode())
        .isEqualTo(401);
    assertThat(given().get("/bank/payouts/" + number).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesWhatIsNoPayout() {
    assertThat(codeOf(body("12", 500))).isEqualTo("INVALID_ACCOUNT");
    assertThat(codeOf(body("6222020200112233445", 0))).isEqualTo("INVALID_AMOUNT");
    assertThat(codeOf(body("6222020200112233445", 5).replace("ICBC", "NONE")))
        .isEqualTo("UNKNOWN_BANK");
    assertThat(codeOf("{")).isEqualTo("INVALID_JSON");
  }

  @Test
  void refusesAClosedAccountForGood() {
    Response answer = send(body("6222020200119999", 500));

    assertThat(answer.jsonPath().getString("state")).isEqualTo("REFUSED");
    assertThat(answer.jsonPath().getString("refusal")).isEqualTo("ACCOUNT_CLOSED");
  }

  @Test
  void isSlowAsLongAsItIsTold() {
    fault("SLOW");
    assertThat(send(body("6222020200112233445", 500)).jsonPath().getString("state"))
        .isEqualTo("PROCESSING");

    given().delete("/faults");

    assertThat(send(body("6222020200112233445", 500)).jsonPath().getString("state"))
        .isEqualTo("PAID");
  }

  @Test
  void refusesWhenToldTo() {
    fault("REFUSE");

    assertThat(send(body("6222020200112233445", 500)).jsonPath().getString("state"))
        .isEqualTo("REFUSED");
  }

  @Test
  void paysAndLosesTheAnswerWhenToldTo() {
    fault("LOSE");
    assertThatThrownBy(() -> send(body("6222020200112233445", 500))).isNotNull();

    assertThat(given().get("/bank/payouts/" + number).jsonPath().getString("state"))
        .isEqualTo("PAID");
  }

  @Test
  void doesNothingWhenItFails() {
    fault("FAIL");
    assertThat(send(body("6222020200112233445", 500)).statusCode()).isEqualTo(500);

    assertThat(given().get("/bank/payouts/" + number).statusCode()).isEqualTo(404);
  }

  /** The same text and signature stand in payments' test: both sides sign alike. */
  @Test
  void signsAsPaymentsDoes() {
    assertThat(sign("200", "nonce", "{}"))
        .isEqualTo("3082919d228755a6b805ef03bea8a768256bb8f255a40e1b491909af757f12b0");
  }

  private String codeOf(String body) {
    Response answer = send(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    return answer.jsonPath().getString("code");
  }

  private static void fault(String bank) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"bank\":\"" + bank + "\"}")
        .post("/faults")
        .then()
        .statusCode(200);
  }

  private String body(String account, long amountFen) {
    return """
    {"payoutNumber":"%s","bankCode":"ICBC","accountNumber":"%s","accountName":"索道","amountFen":%d}
    """
        .formatted(number, account, amountFen)
        .strip();
  }

  private static Response send(String body) {
    return BANK.post("/bank/payouts", body);
  }

  private static Response send(String body, String nonce, String timestamp, String signature) {
    return BANK.post("/bank/payouts", body, nonce, timestamp, signature);
  }

  private static String now() {
    return SealedCaller.now();
  }

  private static String sign(String... lines) {
    return BANK.sign(lines);
  }
}
