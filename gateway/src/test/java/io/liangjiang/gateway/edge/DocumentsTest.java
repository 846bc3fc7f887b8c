package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.liangjiang.gateway.testing.UpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge tells machines about itself. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class DocumentsTest {

  @ParameterizedTest
  @CsvSource({
    "/openapi, application/json, application/json",
    "/openapi, application/yaml, application/yaml",
    "/openapi?format=yaml, application/json, application/yaml",
    "/openapi?format=json, application/yaml, application/json",
    "/openapi.json, */*, application/json",
    "/openapi.yaml, */*, application/yaml"
  })
  void servesTheOpenApiDocument(String url, String accept, String type) {
    String document =
        given()
            .accept(accept)
            .get(url)
            .then()
            .statusCode(200)
            .contentType(equalTo(type))
            .extract()
            .asString();

    assertThat(document).contains("/v1/paymentOrders/{paymentOrderId}:pay", "Idempotency-Key");
  }

  @Test
  void servesTheIssuersKeys() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .contentType(equalTo("application/jwk-set+json"))
        .header("cache-control", "public, max-age=30")
        .body(matchesPattern("(?s).*\"keys\".*"));
  }

  @Test
  void refusesOtherMethods() {
    given()
        .post("/openapi")
        .then()
        .statusCode(405)
        .header("allow", "GET")
        .body("reason", equalTo("METHOD_NOT_ALLOWED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/echoes/abc", "/v1/nothing", "/openapi"})
  void protectsEveryAnswer(String path) {
    given()
        .get(path)
        .then()
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "no-store")
        .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .header("referrer-policy", "no-referrer")
        .header("x-request-id", matchesPattern("[0-9a-f-]{36}"))
        .header("access-control-allow-origin", (String) null)
        .header("strict-transport-security", (String) null);
  }

  @Test
  void describesNoRouteTwice() {
    given()
        .get("/openapi.json")
        .then()
        .body("paths.'/v1/echoes/{name}'.get.tags", hasSize(1))
        .body("paths.'/v1/echoes/{name}'.delete.operationId", equalTo("EchoService_GetEcho4"));
  }
}
