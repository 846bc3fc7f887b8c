package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.grpc.stub.StreamObserver;
import io.liangjiang.gateway.testing.ScriptedUpstream;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.liangjiang.gateway.testing.echo.GetEchoRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the edge does when its limits are reached. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
@TestProfile(LimitsTest.Narrow.class)
class LimitsTest {
  /** A gateway that takes one request at a time and waits a second for its body. */
  public static final class Narrow implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "liangjiang.gateway.http.max-in-flight", "1",
          "liangjiang.gateway.http.body-timeout", "1s",
          "liangjiang.gateway.http.hsts-max-age", "365d");
    }
  }

  @Inject ScriptedUpstream upstream;

  @TestHTTPResource("/")
  URI address;

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @Test
  void tellsRequestsAboveTheLimitToComeBack() throws Exception {
    var waiting = new LinkedBlockingQueue<StreamObserver<?>>();
    upstream.next(waiting::add);

    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address.resolve("/v1/echoes/first")).build();
      CompletableFuture<HttpResponse<String>> first =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      StreamObserver<?> toFirst = waiting.poll(7, TimeUnit.SECONDS);

      given()
          .get("/v1/echoes/second")
          .then()
          .statusCode(503)
          .header("retry-after", "1")
          .body("reason", equalTo("GATEWAY_OVERLOADED"));

      answer(toFirst, "first");
      assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      given().get("/v1/echoes/third").then().statusCode(200);
    }
  }

  @SuppressWarnings("unchecked") // the scripts of GetEcho answer GetEchoRequest
  private static void answer(StreamObserver<?> to, String name) {
    var observer = (StreamObserver<GetEchoRequest>) to;
    observer.onNext(GetEchoRequest.newBuilder().setName(name).build());
    observer.onCompleted();
  }

  @Test
  void doesNotWaitForEverForABody() throws IOException {
    String begun =
        "POST /v1/echoes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 10\r\n\r\n{";
    try (var phone = new Socket(address.getHost(), address.getPort())) {
      phone.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));

      String answer = new String(phone.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 408").contains("\"reason\":\"BODY_TIMEOUT\"");
    }
  }

  @Test
  void refusesChunkedBodiesAboveTheLimit() throws IOException {
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    String request =
        "POST /v1/echoes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + chunk.repeat(17)
            + "0\r\n\r\n";
    try (var phone = new Socket(address.getHost(), address.getPort())) {
      phone.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      String answer = new String(phone.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 413").contains("\"reason\":\"BODY_TOO_LARGE\"");
    }
  }

  @Test
  void tellsBrowsersToStayOnHttpsWhenConfigured() {
    given()
        .get("/openapi")
        .then()
        .header("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
}
