package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.liangjiang.gateway.testing.UpstreamResource;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every service serves is asked of the one that the path names. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class ServicePathTest {
  private static final String ADMIN = TestTokens.staff("admin", "");

  /** The test's service is at the channel of payments, and has no parked events. */
  @Test
  void asksTheServiceOfThePath() {
    given()
        .auth()
        .oauth2(ADMIN)
        .get("/v1/services/payments/parkedEvents")
        .then()
        .statusCode(501)
        .body("reason", equalTo("UNIMPLEMENTED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "platform", "Payments", "payments%2F", "gateway"})
  void knowsNoOtherServices(String name) {
    given()
        .auth()
        .oauth2(ADMIN)
        .urlEncodingEnabled(false)
        .get("/v1/services/" + name + "/parkedEvents")
        .then()
        .statusCode(404)
        .body("reason", equalTo("ROUTE_NOT_FOUND"));
  }
}
