package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.grpc.Metadata;
import io.liangjiang.gateway.revocation.RevokedSessions;
import io.liangjiang.gateway.testing.ScriptedUpstream;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what a service learns of it. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class AccessTest {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final UUID CITIZEN = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");

  @Inject ScriptedUpstream upstream;
  @Inject RevokedSessions revoked;

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @Test
  void letsInWhomTheContractLetsInAndPassesTheToken() throws InterruptedException {
    String token = TestTokens.citizen(CITIZEN, AssuranceLevel.FACE);

    given().auth().oauth2(token).get("/v1/echoes/mine").then().statusCode(200);

    assertThat(upstream.calls().take().get(AUTHORIZATION)).isEqualTo("Bearer " + token);
  }

  @Test
  void asksForATokenWhereOneIsNeeded() {
    given()
        .get("/v1/echoes/mine")
        .then()
        .statusCode(401)
        .header("www-authenticate", "Bearer realm=\"liangjiang\"")
        .body("reason", equalTo("UNAUTHENTICATED"));
    assertThat(upstream.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "bearer"})
  void refusesWhatIsNoToken(String authorization) {
    given()
        .header("authorization", authorization)
        .get("/v1/echoes/mine")
        .then()
        .statusCode(401)
        .header("www-authenticate", "Bearer realm=\"liangjiang\", error=\"invalid_token\"");
  }

  @Test
  void refusesExpiredAndForgedTokens() {
    for (String token : new String[] {TestTokens.expired(CITIZEN), TestTokens.forged(CITIZEN)}) {
      given()
          .auth()
          .oauth2(token)
          .get("/v1/echoes/mine")
          .then()
          .statusCode(401)
          .body("reason", equalTo("UNAUTHENTICATED"));
    }
    assertThat(upstream.calls()).isEmpty();
  }

  @Test
  void refusesTokensOfAnEndedSession() {
    String token = TestTokens.citizen(CITIZEN, AssuranceLevel.FACE);
    String other = TestTokens.citizen(CITIZEN, AssuranceLevel.FACE);

    revoked.add(sessionOf(token));

    given()
        .auth()
        .oauth2(token)
        .get("/v1/echoes/mine")
        .then()
        .statusCode(401)
        .header("www-authenticate", "Bearer realm=\"liangjiang\", error=\"invalid_token\"")
        .body("reason", equalTo("SESSION_REVOKED"));
    given().auth().oauth2(other).get("/v1/echoes/mine").then().statusCode(200);
    given().auth().oauth2(token).get("/v1/echoes/abc").then().statusCode(200);
  }

  @Test
  void refusesActingTokensOfADelegationThatEnded() {
    String acting =
        TestTokens.acting(CITIZEN, UUID.randomUUID(), AssuranceLevel.FACE, List.of("echo.read"));
    given()
        .auth()
        .oauth2(acting)
        .get("/v1/echoes/mine")
        .then()
        .statusCode(403)
        .body("reason", equalTo("ACTING_NOT_ALLOWED"));

    revoked.add(claim(acting, "delegation"));

    given()
        .auth()
        .oauth2(acting)
        .get("/v1/echoes/mine")
        .then()
        .statusCode(401)
        .body("reason", equalTo("SESSION_REVOKED"));
  }

  private static String sessionOf(String token) {
    return claim(token, "sid");
  }

  private static String claim(String token, String name) {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JsonPath.from(new String(claims, StandardCharsets.UTF_8)).getString(name);
  }

  @Test
  void refusesOtherRoles() {
    given()
        .auth()
        .oauth2(TestTokens.staff("gate", "wulong-tourism"))
        .get("/v1/echoes/mine")
        .then()
        .statusCode(403)
        .body("reason", equalTo("PERMISSION_DENIED"));
    assertThat(upstream.calls()).isEmpty();
  }

  @Test
  void namesTheAssuranceLevelThatIsMissing() {
    given()
        .auth()
        .oauth2(TestTokens.citizen(CITIZEN, AssuranceLevel.BASIC))
        .get("/v1/echoes/mine")
        .then()
        .statusCode(403)
        .body("reason", equalTo("ASSURANCE_LEVEL_TOO_LOW"))
        .body("metadata.requiredLevel", equalTo("REAL_NAME"));
  }

  @Test
  void ignoresStaleTokenWhereNoneIsNeeded() throws InterruptedException {
    given().auth().oauth2(TestTokens.expired(CITIZEN)).get("/v1/echoes/abc").then().statusCode(200);

    assertThat(upstream.calls().take().get(AUTHORIZATION)).isNull();
  }

  @Test
  void tellsServicesWhereARequestComesFrom() throws InterruptedException {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    String requestId =
        given()
            .header("traceparent", trace)
            .get("/v1/echoes/abc")
            .then()
            .statusCode(200)
            .extract()
            .header("x-request-id");

    Metadata headers = upstream.calls().take();
    assertThat(headers.get(key("traceparent"))).isEqualTo(trace);
    assertThat(headers.get(key("x-request-id"))).isEqualTo(requestId);
    assertThat(headers.get(key("x-client-address"))).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void refusesCallersBeforeReadingTheirBody() {
    given()
        .contentType("text/plain")
        .body("x".repeat(2_000_000))
        .post("/v1/paymentOrders/1:pay")
        .then()
        .statusCode(401);
  }
}
