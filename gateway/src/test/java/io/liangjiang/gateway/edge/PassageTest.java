package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What of a request reaches identity's endpoints for guests, and what of their answers comes back.
 */
@QuarkusTest
@QuarkusTestResource(value = UpstreamResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PassageTest.Identity.class, restrictToAnnotatedClass = true)
class PassageTest {
  /** Tells what it was asked, in the body of its answer. */
  public static final class Identity implements QuarkusTestResourceLifecycleManager {
    private HttpServer server;

    @Override
    public Map<String, String> start() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext("/", Identity::answer);
      server.start();
      return Map.of(
          "liangjiang.gateway.passage.identity-url",
          "http://localhost:" + server.getAddress().getPort(),
          "liangjiang.gateway.passage.max-body-bytes",
          "1000");
    }

    private static void answer(HttpExchange http) throws IOException {
      String told =
          "%s %s|%s|%s|%s|%s"
              .formatted(
                  http.getRequestMethod(),
                  http.getRequestURI(),
                  http.getRequestHeaders().getFirst("Cookie"),
                  http.getRequestHeaders().getFirst("X-Secret"),
                  http.getRequestHeaders().getFirst("X-Client-Address"),
                  new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      http.getResponseHeaders().set("Content-Type", "text/plain");
      http.getResponseHeaders().set("Location", "https://hospital.example/callback?code=1");
      http.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
      http.getResponseHeaders().set("Server", "identity");
      http.getResponseHeaders().set("Set-Cookie", "authorization=abc; HttpOnly");
      byte[] body = told.getBytes(StandardCharsets.UTF_8);
      http.sendResponseHeaders(303, body.length);
      try (var out = http.getResponseBody()) {
        out.write(body);
      }
    }

    @Override
    public void stop() {
      server.stop(0);
    }
  }

  private static RequestSpecification browser() {
    return given()
        .config(
            RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)));
  }

  private static RequestSpecification form(String body) {
    return browser().contentType("application/x-www-form-urlencoded; charset=UTF-8").body(body);
  }

  @Test
  void passesARequestAndItsAnswerWithoutFollowingRedirects() {
    browser()
        .header("Cookie", "theme=dark; authorization=a-_Z; session=secret")
        .header("X-Secret", "inside")
        .header("X-Client-Address", "10.9.8.7")
        .get("/oauth2/authorize/BCDFGHJKLM?confirmation=1")
        .then()
        .statusCode(303)
        .header("location", "https://hospital.example/callback?code=1")
        .header("set-cookie", "authorization=abc; HttpOnly")
        .header("content-security-policy", "default-src 'self'")
        .header("x-content-type-options", "nosniff")
        .header("server", equalTo(null))
        .body(
            equalTo(
                "GET /oauth2/authorize/BCDFGHJKLM?confirmation=1|authorization=a-_Z|null|127.0.0.1|"));
  }

  @Test
  void passesForms() {
    form("grant_type=client_credentials&scope=a%20b")
        .post("/oauth2/token")
        .then()
        .statusCode(303)
        .body(
            containsString("POST /oauth2/token|null|null|127.0.0.1|grant_type=client_credentials"));
  }

  @Test
  void refusesOtherMethodsBodiesAndPaths() {
    browser().get("/oauth2/token").then().statusCode(405).header("allow", "POST");
    browser().delete("/oauth2/authorize").then().statusCode(405).header("allow", "GET, POST");
    browser()
        .contentType("application/json")
        .body("{}")
        .post("/oauth2/token")
        .then()
        .statusCode(415)
        .body("reason", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    form("a=" + "b".repeat(1_000))
        .post("/oauth2/token")
        .then()
        .statusCode(413)
        .body("reason", equalTo("BODY_TOO_LARGE"));
    for (String path :
        new String[] {
          "/oauth2/authorize/..%2f..%2fq%2fmetrics",
          "/oauth2/authorize/%2e%2e",
          "/oauth2/authorize/1",
          "/oauth2/other",
          "/oauth2/authorize/A/B"
        }) {
      browser().urlEncodingEnabled(false).get(path).then().statusCode(404);
    }
  }

  @Test
  void saysThatOnlyHeadersOfTheListPass() {
    assertThat(form("a=b").header("X-Secret", "inside").post("/oauth2/revoke").body().asString())
        .doesNotContain("inside");
  }
}
