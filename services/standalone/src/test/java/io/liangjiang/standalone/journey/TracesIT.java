package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One request is one trace, from the door to the databases. */
@ExtendWith(CityExtension.class)
final class TracesIT {
  /** What Prometheus accepts where it is told to take OpenMetrics, as the ServiceMonitor does. */
  private static final String OF_PROMETHEUS =
      "application/openmetrics-text;version=1.0.0;q=0.6,*/*;q=0.2";

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

  /** For who reads the dashboard: from a slow request's bar to its trace. */
  @Test
  void showsATraceBesideTheHistogramOfRequests() {
    String trace = UUID.randomUUID().toString().replace("-", "");

    given()
        .baseUri(city.gatewayUrl().toString())
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .get("/v1/lines")
        .then()
        .statusCode(200);

    Pattern exemplar =
        Pattern.compile(
            "liangjiang_gateway_requests_seconds_bucket\\{[^}]*ListLines[^}]*} [0-9.]+ "
                + "# \\{[^}]*trace_id=\""
                + trace
                + "\"[^}]*} ");
    assertThat(Eventually.is(this::openMetrics, text -> exemplar.matcher(text).find()))
        .containsPattern(exemplar);
  }

  private String openMetrics() {
    return given()
        .accept(OF_PROMETHEUS)
        .get(city.managementUrl(Service.GATEWAY).resolve("/q/metrics"))
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }
}
