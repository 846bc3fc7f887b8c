package io.liangjiang.sandbox.fault;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class FaultResourceTest {
  @AfterEach
  void endFaults() {
    given().delete("/faults").then().statusCode(200);
  }

  @Test
  void changesOnlyWhatIsNamed() {
    post("{\"payments\":\"MANUAL\"}");
    post("{\"latencyMs\":20}");

    Response plan = given().get("/faults");

    assertThat(plan.jsonPath().getString("payments")).isEqualTo("MANUAL");
    assertThat(plan.jsonPath().getInt("latencyMs")).isEqualTo(20);
    assertThat(plan.jsonPath().getString("callbacks")).isEqualTo("DELIVER");
  }

  @Test
  void endsAllFaults() {
    post("{\"payments\":\"DECLINE\",\"answers\":\"FAIL\"}");

    Response plan = given().delete("/faults");

    assertThat(plan.jsonPath().getString("payments")).isEqualTo("AUTO");
    assertThat(plan.jsonPath().getString("answers")).isEqualTo("NORMAL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"payment\":\"MANUAL\"}",
        "{\"payments\":\"SOMETIMES\"}",
        "{\"latencyMs\":60001}",
        "{\"callbackDelayMs\":-1}",
        "{"
      })
  void refusesAFaultThatIsNone(String body) {
    assertThat(post(body).statusCode()).isEqualTo(400);
  }

  private static Response post(String body) {
    return given().contentType(ContentType.JSON).body(body).post("/faults");
  }
}
