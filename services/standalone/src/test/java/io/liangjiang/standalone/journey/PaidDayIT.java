package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Service;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A day with payments closes over real processes: a city whose clock is two days behind sells, is
 * ended, and stands again on the machine's time with that day over. Nobody waits for midnight.
 */
final class PaidDayIT {
  private static final int DAYS_BEHIND = 2;
  private static final long TOP_UP_FEN = 5_000;

  @Test
  void aDayWithPaymentsClosesWhenItsBreakIsResolved() {
    CityOptions options = TestedCity.named("paid-day");
    LocalDate day = Park.today().minusDays(DAYS_BEHIND);
    String behind = "-P" + DAYS_BEHIND + "D";
    // Tokens and sessions are of the real time: identity and the gateway are not behind.
    Map<Service, Map<String, String>> earlier =
        Map.of(
            Service.PAYMENTS, Map.of("liangjiang.clock.offset", behind),
            Service.HEALTHCARE, Map.of("liangjiang.clock.offset", behind),
            Service.SANDBOX, Map.of("liangjiang.sandbox.clock-offset", behind));

    try (City city = City.start(options.withSettingsOf(earlier))) {
      sell(city);
      assertThat(refusal(auditor(city), day, ":close")).isEqualTo("DAY_NOT_OVER");
    }
    try (City city = City.start(options)) {
      Caller auditor = auditor(city);
      closeEmpty(auditor, day.minusDays(1));
      closeWithABreak(city, auditor, day);
      requireZeroBooks(auditor);
    }
  }

  /** Two top-ups, a visit from the wallet, and one through the channel that is given back. */
  private static void sell(City city) {
    Citizen first = Citizen.verified(city).withMoney(TOP_UP_FEN);
    pay(first, "WALLET");
    assertThat(first.balance()).isLessThan(TOP_UP_FEN);
    Citizen second = Citizen.verified(city).withMoney(TOP_UP_FEN);
    JsonPath appointment = pay(second, "SANDBOX_PAY");
    second
        .caller()
        .post("/v1/appointments/" + appointment.getString("appointmentId") + ":cancel", Map.of())
        .statusCode(200);
    String order = "/v1/paymentOrders/" + appointment.getString("paymentOrderId");
    assertThat(second.stateOf(order, "REFUNDED")).isEqualTo("REFUNDED");
  }

  private static JsonPath pay(Citizen citizen, String channel) {
    JsonPath appointment = InsuredVisitIT.book(citizen);
    citizen.pay(appointment.getString("paymentOrderId"), channel);
    return appointment;
  }

  /** The day before the city stood; days close in order. */
  private static void closeEmpty(Caller auditor, LocalDate day) {
    auditor.post(path(day) + ":importBills", Map.of()).statusCode(200);
    assertThat(close(auditor, day).getString("state")).isEqualTo("CLOSED");
  }

  private static void closeWithABreak(City city, Caller auditor, LocalDate day) {
    billsSay(city, "STRANGER");
    JsonPath imported =
        auditor.post(path(day) + ":importBills", Map.of()).statusCode(200).extract().jsonPath();
    JsonPath bill = imported.setRootPath("bills.find { it.channel == 'SANDBOX_PAY' }");
    assertThat(bill.getString("state")).isEqualTo("IMPORTED");
    assertThat(bill.getLong("paidAmount.amountMinor")).isGreaterThan(2 * TOP_UP_FEN);
    assertThat(bill.getLong("refundedAmount.amountMinor")).isPositive();
    assertThat(refusal(auditor, day, ":close")).isEqualTo("BREAKS_OPEN");

    String open = "/v1/reconciliationBreaks?state=OPEN&businessDate=" + day;
    List<Map<String, Object>> breaks = auditor.ask(open, "breaks");
    assertThat(breaks).extracting(one -> one.get("type")).containsExactly("STRANGERS_ROW");
    auditor
        .post(
            "/v1/reconciliationBreaks/" + breaks.getFirst().get("breakId") + ":resolve",
            Map.of("resolution", "ADJUSTING_ENTRY", "note", "the channel is asked for it"))
        .statusCode(200);

    JsonPath closed = close(auditor, day);
    assertThat(closed.getString("state")).isEqualTo("CLOSED");
    assertThat(closed.getLong("transferCount")).isGreaterThanOrEqualTo(5);
    assertThat(debits(closed)).isPositive().isEqualTo(credits(closed));
    assertThat(refusal(auditor, day, ":importBills")).isEqualTo("DAY_CLOSED");
    billsSay(city, "NORMAL");
  }

  private static long debits(JsonPath day) {
    return day.getList("totals.debitsMinor", Long.class).stream().mapToLong(Long::longValue).sum();
  }

  private static long credits(JsonPath day) {
    return day.getList("totals.creditsMinor", Long.class).stream().mapToLong(Long::longValue).sum();
  }

  private static JsonPath close(Caller auditor, LocalDate day) {
    return auditor.post(path(day) + ":close", Map.of()).statusCode(200).extract().jsonPath();
  }

  private static String refusal(Caller auditor, LocalDate day, String verb) {
    return auditor.post(path(day) + verb, Map.of()).statusCode(409).extract().path("reason");
  }

  private static String path(LocalDate day) {
    return "/v1/businessDays/" + day;
  }

  private static void requireZeroBooks(Caller auditor) {
    JsonPath balance = auditor.get("/v1/trialBalance").statusCode(200).extract().jsonPath();
    assertThat(balance.getLong("sumMinor")).isZero();
    assertThat(balance.getBoolean("balancesMatchJournal")).isTrue();
  }

  private static void billsSay(City city, String what) {
    given()
        .baseUri(city.sandboxUrl().toString())
        .contentType(ContentType.JSON)
        .body(Map.of("bills", what))
        .post("/faults")
        .then()
        .statusCode(200);
  }

  /** Not one of the tokens that journeys share: this city has its own keys. */
  private static Caller auditor(City city) {
    String token =
        Caller.anonymous(city)
            .post(
                "/v1/sessions:signInStaff",
                Map.of("username", "auditor", "password", city.staffPassword("auditor")))
            .statusCode(200)
            .extract()
            .path("accessToken");
    return Caller.withToken(city, token);
  }
}
