package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The day again, with a service killed in the middle of each step and started again. */
@ExtendWith(CityExtension.class)
final class KilledServiceIT {
  private final City city;

  KilledServiceIT(City city) {
    this.city = city;
  }

  @Test
  void lostRefreshIsAnsweredAlikeAfterIdentityCameBack() throws InterruptedException {
    Citizen citizen = Citizen.signedIn(city);
    Map<String, String> body = Map.of("refreshToken", citizen.refreshToken());
    Caller nobody = Caller.anonymous(city);
    String before = refreshed(nobody, body);

    killAndRestart("identity");

    assertThat(refreshed(nobody, body)).isEqualTo(before);
    citizen.caller().get("/v1/citizens/me").statusCode(200);
  }

  @Test
  void topUpIsBookedOnceThoughPaymentsWasKilled() throws InterruptedException {
    Citizen citizen = Citizen.signedIn(city);
    UUID key = UUID.randomUUID();
    Map<String, Object> body = Map.of("amount", Citizen.money(7_700), "channel", "SANDBOX_PAY");
    String topUpId = topUp(citizen, body, key);

    killAndRestart("payments");

    assertThat(topUp(citizen, body, key)).isEqualTo(topUpId);
    String path = "/v1/wallets/me/topUps/" + topUpId;
    assertThat(citizen.stateOf(path, "SUCCEEDED")).isEqualTo("SUCCEEDED");
    assertThat(citizen.balance()).isEqualTo(7_700);
    Books.areZero(city);
  }

  @Test
  void tripPaidWhileTourismIsDownIsConfirmedWhenItComesBack() throws InterruptedException {
    Citizen citizen = Citizen.verified(city).withMoney(Park.ADULT_FEN);
    Map<String, Object> wanted = Park.tripFor(Park.slot(citizen.caller()), citizen);
    UUID key = UUID.randomUUID();
    JsonPath trip = trip(citizen, wanted, key);

    city.kill("tourism");
    JsonPath refused =
        citizen.caller().postOnce("/v1/trips", wanted, key).statusCode(503).extract().jsonPath();
    assertThat(refused.getString("reason")).isEqualTo("UNAVAILABLE");
    citizen.pay(trip.getString("paymentOrderId"), "WALLET");
    city.restart("tourism");

    String path = "/v1/trips/" + trip.getString("tripId");
    assertThat(citizen.stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");
    assertThat(trip(citizen, wanted, key).getString("tripId")).isEqualTo(trip.getString("tripId"));
    assertThat(citizen.balance()).isZero();
    Books.areZero(city);
  }

  @Test
  void paymentIsTakenOnceThoughPaymentsWasKilledInIt() throws InterruptedException {
    Citizen citizen = Citizen.verified(city).withMoney(2 * Park.ADULT_FEN);
    Map<String, Object> wanted = Park.tripFor(Park.slot(citizen.caller()), citizen);
    JsonPath trip = trip(citizen, wanted, UUID.randomUUID());
    String pay = "/v1/paymentOrders/" + trip.getString("paymentOrderId") + ":pay";
    UUID key = UUID.randomUUID();
    Map<String, String> body = Map.of("channel", "WALLET");
    Thread lost = Thread.ofVirtual().start(() -> citizen.caller().post(pay, body, key));

    killAndRestart("payments");
    lost.join();

    citizen.caller().post(pay, body, key).statusCode(200);
    String path = "/v1/trips/" + trip.getString("tripId");
    assertThat(citizen.stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");
    assertThat(citizen.balance()).isEqualTo(Park.ADULT_FEN);
    Books.areZero(city);
  }

  @Test
  void appointmentPaidWhileHealthcareIsDownIsBookedWhenItComesBack() throws InterruptedException {
    Citizen parent = Citizen.verified(city).withMoney(5_000);
    String slot =
        parent
            .caller()
            .ask(
                "/v1/departments/cch-general-medicine/slots?pageSize=100&date="
                    + Park.today().plusDays(2),
                "slots.find { it.status == 'FREE' }.slotId");
    Map<String, String> body = Map.of("slotId", slot, "patientId", parent.child());
    JsonPath held =
        parent.caller().post("/v1/appointments", body).statusCode(200).extract().jsonPath();
    assertThat(held.getString("state")).isEqualTo("PROPOSED");

    city.kill("healthcare");
    parent.pay(held.getString("paymentOrderId"), "SANDBOX_PAY");
    city.restart("healthcare");

    String path = "/v1/appointments/" + held.getString("appointmentId");
    assertThat(parent.stateOf(path, "BOOKED")).isEqualTo("BOOKED");
    Books.areZero(city);
  }

  @Test
  void rideIsChargedOnceThoughTransitWasKilled() throws InterruptedException {
    Citizen citizen = Citizen.signedIn(city).withMoney(1_000);
    String code =
        citizen.caller().post("/v1/cityCodes", Map.of()).statusCode(200).extract().path("code");
    Map<String, Object> upload = Map.of("taps", List.of(CitizenDayIT.tap(code)));
    Caller bus = Caller.staff(city, "bus-operator");
    bus.post("/v1/taps:upload", upload).statusCode(200);

    killAndRestart("transit");

    JsonPath again = bus.post("/v1/taps:upload", upload).statusCode(200).extract().jsonPath();
    assertThat(again.getInt("duplicateCount")).isEqualTo(1);
    List<String> states =
        Eventually.is(
            () -> citizen.caller().<List<String>>ask("/v1/rides", "rides.state"),
            List.of("SUCCESS")::equals);
    assertThat(states).containsExactly("SUCCESS");
    assertThat(citizen.balance()).isEqualTo(800);
    Books.areZero(city);
  }

  private void killAndRestart(String service) throws InterruptedException {
    city.kill(service);
    city.restart(service);
  }

  private static String refreshed(Caller nobody, Map<String, String> body) {
    return nobody.post("/v1/sessions:refresh", body).statusCode(200).extract().path("refreshToken");
  }

  private static String topUp(Citizen citizen, Map<String, Object> body, UUID key) {
    return citizen
        .caller()
        .post("/v1/wallets/me/topUps", body, key)
        .statusCode(200)
        .extract()
        .path("topUpId");
  }

  private static JsonPath trip(Citizen citizen, Map<String, Object> body, UUID key) {
    return citizen.caller().post("/v1/trips", body, key).statusCode(200).extract().jsonPath();
  }
}
