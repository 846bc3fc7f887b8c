package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.contract.Contracts;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.gateway.route.Routes;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.test.forgery.ForgedTokens;
import io.liangjiang.platform.test.forgery.Forgery;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No forgery opens a route, and none makes the gateway stumble. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class ForgedTokensTest {
  private static final String UNAUTHENTICATED = "401 UNAUTHENTICATED";
  private static final int READ_MILLIS = 20_000;

  @Inject TokenVerifier verifier;

  @TestHTTPResource("/")
  URI address;

  private static List<Route> guarded() {
    return new Routes(Contracts.SERVICES)
        .all().stream().filter(route -> !route.rpc().access().getAnonymous()).toList();
  }

  @Test
  void allAreRefusedByTheVerifier() {
    assertThat(ForgedTokens.all())
        .hasSizeGreaterThan(1_000)
        .allMatch(forgery -> isRefused(forgery.token()));
  }

  private boolean isRefused(String token) {
    try {
      verifier.verify(token);
      return false;
    } catch (ServiceException refusal) {
      return refusal.reason() == PlatformReason.UNAUTHENTICATED;
    }
  }

  @Test
  void allAreRefusedByRoutesOfEachMethodInTurn() {
    List<Route> routes = List.of(first("GET"), first("POST"));
    List<Forgery> forgeries = ForgedTokens.all().stream().filter(Forgery::isSendable).toList();
    for (int i = 0; i < forgeries.size(); i++) {
      Route route = routes.get(i % routes.size());
      assertThat(answer(route, forgeries.get(i)))
          .as("%s for %s", route, forgeries.get(i))
          .isEqualTo(UNAUTHENTICATED);
    }
  }

  @Test
  void oneOfEachKindIsRefusedByEveryRoute() {
    List<Forgery> some = ForgedTokens.someOfEach(1);
    for (Route route : guarded()) {
      for (Forgery forgery : some) {
        assertThat(answer(route, forgery))
            .as("%s for %s", route, forgery)
            .isEqualTo(UNAUTHENTICATED);
      }
    }
  }

  @Test
  void whatIsLongerThanAHeaderIsRefusedAsARequest() throws IOException {
    for (Forgery forgery : ForgedTokens.all()) {
      if (forgery.family().equals("huge")) {
        assertThat(statusLine(forgery)).as(forgery.toString()).matches("(HTTP/1.1 4.. .*)?");
      }
    }
  }

  private static Route first(String method) {
    return guarded().stream()
        .filter(route -> route.httpMethod().equals(method))
        .findFirst()
        .orElseThrow();
  }

  private static String answer(Route route, Forgery forgery) {
    String path = path(route);
    var request =
        given().urlEncodingEnabled(false).header("Authorization", "Bearer " + forgery.token());
    Response answer =
        route.httpMethod().equals("GET")
            ? request.get(path)
            : request.contentType("application/json").body("{}").post(path);
    return answer.statusCode() + " " + answer.jsonPath().getString("reason");
  }

  private static String path(Route route) {
    String segments =
        route.path().segments().stream()
            .map(segment -> segment.isVariable() ? "x" : segment.text())
            .collect(Collectors.joining("/", "/", ""));
    String verb = route.path().verb();
    return verb.isEmpty() ? segments : segments + ":" + verb;
  }

  /** The first line of the answer; empty when the connection is cut instead. */
  private String statusLine(Forgery forgery) throws IOException {
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(READ_MILLIS);
      var request =
          "GET /v1/citizens/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + forgery.token()
              + "\r\n\r\n";
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        return ""; // it did not want to hear the rest
      }
      byte[] answer = new byte[64];
      int read = socket.getInputStream().read(answer);
      return read < 0
          ? ""
          : new String(answer, 0, read, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    } catch (java.net.SocketException e) {
      return "";
    }
  }
}
