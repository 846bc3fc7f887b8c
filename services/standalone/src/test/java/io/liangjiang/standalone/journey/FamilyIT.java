package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who act for each other, over real processes. */
@ExtendWith(CityExtension.class)
final class FamilyIT {
  private static final long FEE_FEN = 10_000;

  private final City city;

  FamilyIT(City city) {
    this.city = city;
  }

  @Test
  void sonBuysAParkTicketForHisMotherFromHerWalletUntilSheEndsIt() {
    Citizen mother = Persons.grownUp(city).withMoney(20_000);
    Citizen son = Persons.grownUp(city);
    String delegation = give(mother, son, "tourism.book", "payments.pay");
    Caller acting = act(son, delegation);

    String slot = Park.slot(acting);
    JsonPath trip =
        acting.post("/v1/trips", Park.tripFor(slot, mother)).statusCode(200).extract().jsonPath();
    acting
        .post("/v1/paymentOrders/" + trip.getString("paymentOrderId") + ":pay", wallet())
        .statusCode(200);

    String path = "/v1/trips/" + trip.getString("tripId");
    assertThat(mother.stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");
    assertThat(mother.balance()).isEqualTo(20_000 - Park.ADULT_FEN);
    String bookedBy = mother.caller().ask(path, "bookedBy");
    assertThat(bookedBy).isEqualTo(idOf(son));
    assertThat(reason(acting, path)).isEqualTo("POWER_NOT_GIVEN");
    assertThat(reason(acting, "/v1/citizens/me")).isEqualTo("ACTING_NOT_ALLOWED");
    assertThat(reason(son.caller(), path)).isEqualTo("TRIP_NOT_FOUND");

    mother.caller().post("/v1/delegations/" + delegation + ":end", Map.of()).statusCode(200);

    String refused = Eventually.is(() -> reason(acting, path), "SESSION_REVOKED"::equals);
    assertThat(refused).isEqualTo("SESSION_REVOKED");
    String asked =
        son.caller()
            .post("/v1/delegations/" + delegation + ":act", Map.of())
            .statusCode(409)
            .extract()
            .path("reason");
    assertThat(asked).isEqualTo("DELEGATION_ENDED");
    son.caller().get("/v1/citizens/me").statusCode(200);
    Books.areZero(city);
  }

  @Test
  void motherBooksADoctorForHerChildAndPaysHerself() {
    List<Citizen> family = Persons.parentAndChild(city);
    Citizen mother = family.getFirst().withMoney(FEE_FEN);
    Citizen child = family.getLast();
    String delegation =
        mother
            .caller()
            .post(
                "/v1/delegations:proveParenthood",
                Map.of(
                    "childName", child.person().get("name"),
                    "childIdNumber", child.person().get("idNumber")))
            .statusCode(200)
            .extract()
            .path("delegationId");
    Caller acting = act(mother, delegation);

    JsonPath booked =
        acting
            .post(
                "/v1/appointments",
                Map.of(
                    "slotId", freeSlot(acting),
                    "patientId", idOf(child),
                    "paidByDelegate", true))
            .statusCode(200)
            .extract()
            .jsonPath();
    long fee = booked.getLong("fee.amountMinor");
    mother.pay(booked.getString("paymentOrderId"), "WALLET");

    String path = "/v1/appointments/" + booked.getString("appointmentId");
    assertThat(child.stateOf(path, "BOOKED")).isEqualTo("BOOKED");
    assertThat(booked.getString("citizenId")).isEqualTo(idOf(child));
    assertThat(booked.getString("bookedBy")).isEqualTo(idOf(mother));
    assertThat(mother.balance()).isEqualTo(FEE_FEN - fee);
    assertThat(reason(mother.caller(), path)).isEqualTo("APPOINTMENT_NOT_FOUND");
    acting.get(path).statusCode(200);
    String ofChild =
        child
            .caller()
            .post("/v1/delegations/" + delegation + ":end", Map.of())
            .statusCode(409)
            .extract()
            .path("reason");
    assertThat(ofChild).isEqualTo("GIVEN_BY_LAW");
    acting.post(path + ":cancel", Map.of()).statusCode(200);
    assertThat(Eventually.is(mother::balance, fen -> fen == FEE_FEN)).isEqualTo(FEE_FEN);

    mother.caller().post("/v1/delegations/" + delegation + ":end", Map.of()).statusCode(200);
    assertThat(Eventually.is(() -> reason(acting, path), "SESSION_REVOKED"::equals))
        .isEqualTo("SESSION_REVOKED");
    Books.areZero(city);
  }

  private static String give(Citizen giver, Citizen delegate, String... powers) {
    Map<String, Object> offer =
        Map.of(
            "powers", List.of(powers),
            "endTime", Instant.now().plus(30, ChronoUnit.DAYS).toString());
    String code =
        giver
            .caller()
            .post("/v1/delegations:offer", offer)
            .statusCode(200)
            .extract()
            .path("invitationCode");
    return delegate
        .caller()
        .post("/v1/delegations:accept", Map.of("invitationCode", code))
        .statusCode(200)
        .extract()
        .path("delegationId");
  }

  private Caller act(Citizen delegate, String delegation) {
    String token =
        delegate
            .caller()
            .post("/v1/delegations/" + delegation + ":act", Map.of())
            .statusCode(200)
            .extract()
            .path("accessToken");
    return Caller.withToken(city, token);
  }

  /** Of the children's hospital, some days ahead. */
  private static String freeSlot(Caller caller) {
    String departments = "/v1/hospitals/chongqing-children-hospital/departments";
    String department =
        caller.ask(departments, "departments.find { it.kind == 'GENERAL' }.departmentId");
    String day = Park.today().plusDays(3).toString();
    return caller.ask(
        "/v1/departments/" + department + "/slots?pageSize=100&date=" + day,
        "slots.find { it.status == 'FREE' }.slotId");
  }

  private static String idOf(Citizen citizen) {
    return citizen.caller().ask("/v1/citizens/me", "citizenId");
  }

  private static String reason(Caller caller, String path) {
    return caller.get(path).extract().path("reason");
  }

  private static Map<String, String> wallet() {
    return Map.of("channel", "WALLET");
  }
}
