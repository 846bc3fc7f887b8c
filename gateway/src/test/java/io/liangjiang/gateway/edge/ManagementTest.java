package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.liangjiang.gateway.testing.UpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics are on a port that phones do not reach. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class ManagementTest {
  @TestHTTPResource(value = "/", management = true)
  URI management;

  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/health/started", "/q/health/live", "/q/health/ready"})
  void tellsItsHealth(String path) {
    given().get(management.resolve(path)).then().statusCode(200).body("status", equalTo("UP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/metrics"})
  void tellsPhonesNothingOfItself(String path) {
    given().get(path).then().statusCode(404).body("reason", equalTo("ROUTE_NOT_FOUND"));
  }

  @Test
  void measuresRequestsByRpcAndNotByPath() {
    given().get("/v1/echoes/abc-in-metrics").then().statusCode(200);

    String metrics =
        given().get(management.resolve("/q/metrics")).then().statusCode(200).extract().asString();

    assertThat(metrics)
        .contains("liangjiang_gateway_requests_seconds_count")
        .contains("rpc=\"liangjiang.payments.echo.EchoService/GetEcho\"")
        .contains("liangjiang_gateway_requests_in_flight")
        .doesNotContain("abc-in-metrics");
  }
}
