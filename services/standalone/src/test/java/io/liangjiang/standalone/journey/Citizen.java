package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A citizen of a journey.
 *
 * @param caller calls with the citizen's token
 * @param accessToken the token
 * @param refreshToken for its successor
 * @param person whom the register knows under this name and number
 */
record Citizen(Caller caller, String accessToken, String refreshToken, Map<String, String> person) {
  /** Signed in, nothing proved. */
  static Citizen signedIn(City city) {
    Map<String, Object> login = login(city);
    ExtractableResponse<Response> session =
        Caller.anonymous(city)
            .post("/v1/sessions:signInWithMiniProgram", login)
            .statusCode(200)
            .extract();
    String token = session.path("accessToken");
    return new Citizen(
        Caller.withToken(city, token), token, session.path("refreshToken"), Map.of());
  }

  /** Signed in, and known by name to the register. */
  static Citizen verified(City city) {
    return verified(city, Persons.fresh(city));
  }

  /** Signed in, and known to the register as that person. */
  static Citizen verified(City city, Map<String, String> person) {
    Citizen basic = signedIn(city);
    String token =
        basic
            .caller()
            .post("/v1/citizens/me:verifyRealName", person)
            .statusCode(200)
            .extract()
            .path("accessToken");
    return new Citizen(Caller.withToken(city, token), token, basic.refreshToken(), person);
  }

  /** What a mini-program sends to sign in: codes for a phone that nobody has used. */
  static Map<String, Object> login(City city) {
    String phone = "138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    Map<String, String> codes =
        given()
            .baseUri(city.sandboxUrl().toString())
            .contentType(ContentType.JSON)
            .body(Map.of("phone", phone))
            .post("/jsCodes")
            .then()
            .statusCode(200)
            .extract()
            .path("");
    return Map.of(
        "appId", codes.get("appId"),
        "jsCode", codes.get("jsCode"),
        "phoneCode", codes.get("phoneCode"));
  }

  static Map<String, Object> money(long fen) {
    return Map.of("amountMinor", fen, "currencyCode", "CNY");
  }

  /** Fills the wallet through the sandbox's channel and waits for the money. */
  Citizen withMoney(long fen) {
    Map<String, Object> body = Map.of("amount", money(fen), "channel", "SANDBOX_PAY");
    String topUpId =
        caller.post("/v1/wallets/me/topUps", body).statusCode(200).extract().path("topUpId");
    String state =
        Eventually.is(
            () -> caller.ask("/v1/wallets/me/topUps/" + topUpId, "state"), "SUCCEEDED"::equals);
    assertThat(state).isEqualTo("SUCCEEDED");
    return this;
  }

  long balance() {
    Number fen = caller.ask("/v1/wallets/me", "balance.amountMinor");
    return fen.longValue();
  }

  /** Adds a child of six years; its id is a patient and a ticket holder. */
  String child() {
    return caller
        .post(
            "/v1/citizens/me/dependants",
            Map.of("name", "小宝", "birthDate", "2020-05-17", "relation", "CHILD"))
        .statusCode(200)
        .extract()
        .path("dependantId");
  }

  /** Name and number as a ticket's holder. */
  Map<String, String> holder() {
    return Map.of("name", name(), "idNumber", idNumber());
  }

  private String name() {
    return person.getOrDefault("name", "");
  }

  private String idNumber() {
    return person.getOrDefault("idNumber", "");
  }

  /** Pays an order and waits until it is paid. */
  void pay(String paymentOrderId, String channel) {
    String path = "/v1/paymentOrders/" + paymentOrderId;
    caller.post(path + ":pay", Map.of("channel", channel)).statusCode(200);
    assertThat(stateOf(path, "SUCCEEDED")).isEqualTo("SUCCEEDED");
  }

  /** The state of what the path names, once it is the wanted one; any other after a minute. */
  String stateOf(String path, String wanted) {
    return Eventually.is(() -> caller.ask(path, "state"), wanted::equals);
  }
}
