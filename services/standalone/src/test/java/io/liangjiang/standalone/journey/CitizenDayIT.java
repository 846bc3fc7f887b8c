package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.demo.CitizenDay;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A citizen's day over real processes. */
@ExtendWith(CityExtension.class)
final class CitizenDayIT {
  private final City city;

  CitizenDayIT(City city) {
    this.city = city;
  }

  @Test
  void demoPlaysTheWholeDay() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    CitizenDay day = new CitizenDay(city.gatewayUrl(), city.sandboxUrl(), city::staffPassword);

    String summary = day.play(new PrintStream(told, true, StandardCharsets.UTF_8));

    assertThat(summary).endsWith("checks in 10 chapters held");
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("Sum of all accounts: 0.00 yuan");
  }

  @Test
  void citizenSignsInOnceProvesWhoSheIsAndSignsOut() {
    Map<String, Object> login = Citizen.login(city);
    UUID key = UUID.randomUUID();
    Caller nobody = Caller.anonymous(city);
    String first = signIn(nobody, login, key).getString("sessionId");
    JsonPath session = signIn(nobody, login, key);
    assertThat(session.getString("sessionId")).isEqualTo(first);
    assertThat(session.getString("citizen.assuranceLevel")).isEqualTo("BASIC");
    assertThat(session.getInt("expiresInSeconds")).isPositive();

    Caller phone = Caller.withToken(city, session.getString("accessToken"));
    Map<String, String> person = Persons.fresh(city);
    JsonPath verified =
        phone.post("/v1/citizens/me:verifyRealName", person).statusCode(200).extract().jsonPath();
    assertThat(verified.getString("assuranceLevel")).isEqualTo("REAL_NAME");
    assertThat(verified.prettify()).doesNotContain(person.get("idNumber"));

    String refreshToken = session.getString("refreshToken");
    Map<String, String> body = Map.of("refreshToken", refreshToken);
    JsonPath next = nobody.post("/v1/sessions:refresh", body).statusCode(200).extract().jsonPath();
    JsonPath same = nobody.post("/v1/sessions:refresh", body).statusCode(200).extract().jsonPath();
    assertThat(same.getString("refreshToken")).isEqualTo(next.getString("refreshToken"));

    Map<String, String> last = Map.of("refreshToken", same.getString("refreshToken"));
    nobody.post("/v1/sessions:signOut", last).statusCode(200);
    JsonPath refused =
        nobody.post("/v1/sessions:refresh", last).statusCode(401).extract().jsonPath();
    assertThat(refused.getString("reason")).isEqualTo("SESSION_REVOKED");
  }

  @Test
  void familyBuysTicketsAndEntersOnce() {
    Citizen parent = Citizen.verified(city).withMoney(30_000);
    String slot = Park.slot(parent.caller());
    Map<String, Object> family =
        Map.of(
            "items",
            List.of(
                Park.item(slot, "ADULT", parent.holder()),
                Park.item(slot, "CHILD", Map.of("dependantId", parent.child()))));
    UUID key = UUID.randomUUID();
    JsonPath trip =
        parent.caller().post("/v1/trips", family, key).statusCode(200).extract().jsonPath();
    JsonPath again =
        parent.caller().post("/v1/trips", family, key).statusCode(200).extract().jsonPath();
    assertThat(again.getString("tripId")).isEqualTo(trip.getString("tripId"));
    assertThat(trip.getLong("totalAmount.amountMinor")).isEqualTo(Park.ADULT_FEN + Park.CHILD_FEN);

    parent.pay(trip.getString("paymentOrderId"), "WALLET");
    String path = "/v1/trips/" + trip.getString("tripId");
    assertThat(parent.stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");
    assertThat(parent.balance()).isEqualTo(30_000 - Park.ADULT_FEN - Park.CHILD_FEN);

    String ticketId = parent.caller().ask(path, "ticketIds[0]");
    String code = parent.caller().ask("/v1/tickets/" + ticketId, "code");
    Caller gate = Caller.staff(city, "gate");
    String gateId = parent.caller().ask("/v1/sites/" + Park.SITE, "gates[0].gateId");
    gate.post("/v1/checkIns:redeem", reading(code, gateId)).statusCode(200);
    JsonPath second =
        gate.post("/v1/checkIns:redeem", reading(code, gateId))
            .statusCode(409)
            .extract()
            .jsonPath();
    assertThat(second.getString("reason")).isEqualTo("ALREADY_REDEEMED");
    String state = parent.caller().ask("/v1/tickets/" + ticketId, "state");
    assertThat(state).isEqualTo("REDEEMED");
    Books.areZero(city);
  }

  @Test
  void cancelledTripGivesMoneyAndPlacesBack() {
    Citizen citizen = Citizen.verified(city).withMoney(20_000);
    String slot = Park.slot(citizen.caller());
    JsonPath trip =
        citizen
            .caller()
            .post("/v1/trips", Park.tripFor(slot, citizen))
            .statusCode(200)
            .extract()
            .jsonPath();
    String path = "/v1/trips/" + trip.getString("tripId");
    citizen.pay(trip.getString("paymentOrderId"), "WALLET");
    assertThat(citizen.stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");

    citizen.caller().post(path + ":cancel", Map.of()).statusCode(200);

    assertThat(citizen.stateOf(path, "REFUNDED")).isEqualTo("REFUNDED");
    assertThat(Eventually.is(citizen::balance, fen -> fen == 20_000)).isEqualTo(20_000);
    citizen.caller().post("/v1/trips", Park.tripFor(slot, citizen)).statusCode(200);
    Books.areZero(city);
  }

  @Test
  void childIsSeenByADoctor() {
    Citizen parent = Citizen.verified(city);
    String child = parent.child();
    String date = Park.today().toString();
    String slot =
        parent
            .caller()
            .ask(
                "/v1/departments/lgh-walk-in/slots?pageSize=100&date=" + date,
                "slots.find { it.status == 'FREE' }.slotId");
    UUID key = UUID.randomUUID();
    Map<String, String> body = Map.of("slotId", slot, "patientId", child);
    JsonPath booked =
        parent.caller().post("/v1/appointments", body, key).statusCode(200).extract().jsonPath();
    JsonPath again =
        parent.caller().post("/v1/appointments", body, key).statusCode(200).extract().jsonPath();
    assertThat(again.getString("appointmentId")).isEqualTo(booked.getString("appointmentId"));
    assertThat(booked.getString("state")).isEqualTo("BOOKED");

    String path = "/v1/appointments/" + booked.getString("appointmentId");
    JsonPath arrived =
        parent.caller().post(path + ":checkIn", Map.of()).statusCode(200).extract().jsonPath();
    assertThat(arrived.getString("state")).isEqualTo("ARRIVED");
    assertThat(arrived.getInt("queueNumber")).isPositive();
    List<String> mine = parent.caller().ask("/v1/appointments", "appointments.appointmentId");
    assertThat(mine).containsExactly(booked.getString("appointmentId"));
  }

  @Test
  void busRideIsChargedOnceThoughUploadedTwice() {
    Citizen citizen = Citizen.signedIn(city).withMoney(1_000);
    String code =
        citizen.caller().post("/v1/cityCodes", Map.of()).statusCode(200).extract().path("code");
    Map<String, Object> upload = Map.of("taps", List.of(tap(code)));
    Caller bus = Caller.staff(city, "bus-operator");
    JsonPath first = bus.post("/v1/taps:upload", upload).statusCode(200).extract().jsonPath();
    JsonPath second = bus.post("/v1/taps:upload", upload).statusCode(200).extract().jsonPath();
    assertThat(first.getInt("acceptedCount")).isEqualTo(1);
    assertThat(second.getInt("duplicateCount")).isEqualTo(1);

    List<String> states =
        Eventually.is(
            () -> citizen.caller().<List<String>>ask("/v1/rides", "rides.state"),
            List.of("SUCCESS")::equals);

    assertThat(states).containsExactly("SUCCESS");
    assertThat(citizen.balance()).isEqualTo(800);
    Books.areZero(city);
  }

  private static JsonPath signIn(Caller nobody, Map<String, Object> login, UUID key) {
    return nobody
        .post("/v1/sessions:signInWithMiniProgram", login, key)
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  static Map<String, String> reading(String code, String gateId) {
    return Map.of("code", code, "gateId", gateId, "nonce", UUID.randomUUID().toString());
  }

  static Map<String, Object> tap(String code) {
    return Map.of(
        "tapId",
        UUID.randomUUID().toString(),
        "code",
        code,
        "lineId",
        "cq-181",
        "vehicleId",
        "渝A00181D",
        "stopId",
        "nanping",
        "tapTime",
        Instant.now().toString());
  }

  @Test
  void tokenIsRefusedSoonAfterItsSessionWasEnded() {
    Citizen citizen = Citizen.signedIn(city);
    citizen.caller().get("/v1/citizens/me").statusCode(200);

    citizen.caller().post("/v1/sessions:signOut", Map.of()).statusCode(200);

    String reason =
        Eventually.is(
            () -> citizen.caller().get("/v1/citizens/me").extract().path("reason"),
            "SESSION_REVOKED"::equals);
    assertThat(reason).isEqualTo("SESSION_REVOKED");
    citizen.caller().post("/v1/sessions:signOut", Map.of()).statusCode(200);
  }
}
