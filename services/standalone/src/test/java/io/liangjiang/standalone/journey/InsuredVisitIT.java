package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A doctor's number is paid by insurance and cash, through the live bureau and channel. */
@ExtendWith(CityExtension.class)
final class InsuredVisitIT {
  private static final String DEPARTMENT = "lgh-internal-medicine";
  private static final long FEE_FEN = 500;
  private static final long INSURED_FEN = 300 + 100 + 25;

  private final City city;

  InsuredVisitIT(City city) {
    this.city = city;
  }

  @AfterEach
  void endFaults() {
    sandbox().delete("/faults").then().statusCode(200);
    Books.areZero(city);
  }

  @Test
  void insuranceAndCashPayAndGoBack() {
    Citizen citizen = Citizen.verified(city);
    JsonPath appointment = book(citizen);
    long settledBefore = bureauFen("settledFen");
    long reversedBefore = bureauFen("reversedFen");

    pay(citizen, appointment);

    String path = "/v1/appointments/" + appointment.getString("appointmentId");
    assertThat(citizen.stateOf(path, "BOOKED")).isEqualTo("BOOKED");
    String order = orderOf(appointment);
    assertThat(citizen.caller().<String>ask(order, "channel")).isEqualTo("MEDICAL_INSURANCE");
    Number cash = citizen.caller().ask(order, "mixedPayment.cashAmount.amountMinor");
    assertThat(cash.longValue()).isEqualTo(FEE_FEN - INSURED_FEN);
    assertThat(bureauFen("settledFen") - settledBefore).isEqualTo(INSURED_FEN);

    citizen.caller().post(path + ":cancel", Map.of()).statusCode(200);

    assertThat(citizen.stateOf(order, "REFUNDED")).isEqualTo("REFUNDED");
    long reversed =
        Eventually.is(() -> bureauFen("reversedFen") - reversedBefore, fen -> fen == INSURED_FEN);
    assertThat(reversed).isEqualTo(INSURED_FEN);
  }

  @Test
  void nothingIsKeptWhenTheBureauDeclines() {
    Citizen citizen = Citizen.verified(city);
    JsonPath appointment = book(citizen);
    fault("DECLINE");
    long heldBefore = channelFen();

    pay(citizen, appointment);

    String order = orderOf(appointment);
    assertThat(citizen.stateOf(order, "CREATED")).isEqualTo("CREATED");
    assertThat(citizen.caller().<String>ask(order, "mixedPayment.failure"))
        .isEqualTo("INSURANCE_DECLINED");
    long held = Eventually.is(() -> channelFen() - heldBefore, fen -> fen == 0);
    assertThat(held).isZero();
    citizen.pay(appointment.getString("paymentOrderId"), "SANDBOX_PAY");
  }

  @Test
  void aLateBureauIsWaitedForThoughPaymentsIsKilled() throws InterruptedException {
    Citizen citizen = Citizen.verified(city);
    JsonPath appointment = book(citizen);
    fault("SLOW");
    pay(citizen, appointment);
    String order = orderOf(appointment);
    assertThat(citizen.stateOf(order, "PENDING")).isEqualTo("PENDING");

    city.kill("payments");
    city.restart("payments");
    fault("NORMAL");

    assertThat(citizen.stateOf(order, "SUCCEEDED")).isEqualTo("SUCCEEDED");
  }

  static JsonPath book(Citizen citizen) {
    String date = Park.today().plusDays(1).toString();
    String slot =
        citizen
            .caller()
            .ask(
                "/v1/departments/" + DEPARTMENT + "/slots?pageSize=100&date=" + date,
                "slots.find { it.status == 'FREE' }.slotId");
    String patient = citizen.caller().ask("/v1/citizens/me", "citizenId");
    JsonPath appointment =
        citizen
            .caller()
            .post("/v1/appointments", Map.of("slotId", slot, "patientId", patient))
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(appointment.getString("paymentOrderId")).isNotEmpty();
    return appointment;
  }

  /** The phone asks the bureau's page for an authorization, and pays with it. */
  private void pay(Citizen citizen, JsonPath appointment) {
    String authorization =
        sandbox()
            .body(Map.of("idNumber", citizen.person().get("idNumber")))
            .post("/insurance/authorizations")
            .then()
            .statusCode(200)
            .extract()
            .path("payAuthNo");
    citizen
        .caller()
        .post(
            orderOf(appointment) + ":pay",
            Map.of("channel", "MEDICAL_INSURANCE", "insuranceAuthorization", authorization))
        .statusCode(200);
  }

  private static String orderOf(JsonPath appointment) {
    return "/v1/paymentOrders/" + appointment.getString("paymentOrderId");
  }

  private void fault(String insurance) {
    sandbox().body(Map.of("insurance", insurance)).post("/faults").then().statusCode(200);
  }

  private long bureauFen(String total) {
    return sandbox().get("/insurance/books").jsonPath().getLong(total);
  }

  /** What the channel has collected and not given back. */
  private long channelFen() {
    return sandbox().get("/books").jsonPath().getLong("heldFen");
  }

  private RequestSpecification sandbox() {
    return given()
        .baseUri(city.sandboxUrl().toString())
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON);
  }
}
