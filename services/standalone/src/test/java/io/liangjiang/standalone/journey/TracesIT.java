package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One request is one trace, from the door to the databases. */
@ExtendWith(CityExtension.class)
final class TracesIT {
  private final City city;
  private final Collector collector;

  TracesIT(City city, Collector collector) {
    this.city = city;
    this.collector = collector;
  }

  @Test
  void followsARequestOverAllHopsIntoTheDatabases() {
    Citizen citizen = Citizen.verified(city).withMoney(Park.ADULT_FEN);
    Map<String, Object> wanted = Park.tripFor(Park.slot(citizen.caller()), citizen);
    String trace = UUID.randomUUID().toString().replace("-", "");

    given()
        .baseUri(city.gatewayUrl().toString())
        .header("Authorization", "Bearer " + citizen.accessToken())
        .header("Idempotency-Key", UUID.randomUUID())
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .contentType("application/json")
        .body(wanted)
        .post("/v1/trips")
        .then()
        .statusCode(200);

    byte[] id = HexFormat.of().parseHex(trace);
    assertThat(Eventually.is(() -> collector.services(id), Collector.SERVICES_OF_A_TRIP::equals))
        .isEqualTo(Collector.SERVICES_OF_A_TRIP);
    assertThat(collector.mentions(id, "liangjiang.payments.v1.PaymentOrderService")).isTrue();
    assertThat(collector.mentions(id, "reservation_hold")).isTrue();
    assertThat(collector.mentions(id, "李")).isFalse();
  }
}
