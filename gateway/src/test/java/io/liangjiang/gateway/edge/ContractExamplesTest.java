package io.liangjiang.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.gateway.route.Routes;
import io.liangjiang.gateway.testing.ExampleUpstream;
import io.liangjiang.gateway.testing.ExampleUpstreamResource;
import io.liangjiang.gateway.testing.HttpExample;
import io.liangjiang.platform.test.examples.Conversation;
import io.liangjiang.platform.test.examples.ExampleCallers;
import io.liangjiang.platform.test.examples.ExampleJson;
import io.liangjiang.platform.test.examples.Exchange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The contracts' examples at the edge: the HTTP request that means an example reaches the service
 * as the example's request, and what the service answers reaches the phone as the example's JSON.
 * The services themselves are held to the same examples in their own tests.
 */
@QuarkusTest
@QuarkusTestResource(value = ExampleUpstreamResource.class, restrictToAnnotatedClass = true)
class ContractExamplesTest {
  /** Refusals that the edge gives itself: the request does not reach a service. */
  private static final Set<String> OF_THE_EDGE =
      Set.of(
          "UNAUTHENTICATED",
          "PERMISSION_DENIED",
          "ASSURANCE_LEVEL_TOO_LOW",
          "ACTING_NOT_ALLOWED",
          "POWER_NOT_GIVEN");

  /** What comes as itself and not as JSON. */
  private static final String FILE = "liangjiang.platform.v1.File";

  /** A service of the gateway's tests only. */
  private static final String ECHO = "liangjiang.payments.echo.EchoService";

  private static final Map<String, Integer> HTTP_STATUSES =
      Map.of(
          "INVALID_ARGUMENT", 400,
          "UNAUTHENTICATED", 401,
          "PERMISSION_DENIED", 403,
          "NOT_FOUND", 404,
          "ALREADY_EXISTS", 409,
          "FAILED_PRECONDITION", 409,
          "RESOURCE_EXHAUSTED", 429,
          "UNAVAILABLE", 503);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  ExampleUpstream upstream;
  @Inject Routes routes;

  @TestHTTPResource("/")
  URI address;

  @TestFactory
  List<DynamicTest> passesTheExamples() {
    return Conversation.names().stream()
        .flatMap(name -> Conversation.load(name).exchanges().stream())
        .filter(exchange -> route(exchange.rpc()).isPresent())
        .map(each -> dynamicTest(each.toString(), () -> play(each, route(each.rpc()).get())))
        .toList();
  }

  @Test
  void everyRouteHasAnExampleThatSucceeds() {
    Set<String> succeeding =
        Conversation.names().stream()
            .flatMap(name -> Conversation.load(name).exchanges().stream())
            .filter(exchange -> exchange.error() == null)
            .map(Exchange::rpc)
            .collect(Collectors.toSet());

    assertThat(routes.all())
        .filteredOn(route -> !route.rpc().call().getServiceName().equals(ECHO))
        .extracting(route -> route.rpc().call().getFullMethodName())
        .isNotEmpty()
        .allMatch(succeeding::contains);
  }

  private Optional<Route> route(String rpc) {
    return routes.all().stream()
        .filter(route -> route.rpc().call().getFullMethodName().equals(rpc))
        .findFirst();
  }

  private void play(Exchange exchange, Route route) throws Exception {
    prepare(exchange, route);
    HttpResponse<byte[]> answer = send(exchange, HttpExample.of(exchange, route));

    if (exchange.error() == null) {
      assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
      assertThat(read(answer, route)).isEqualTo(exchange.response());
    } else {
      checkProblem(exchange.error(), answer);
    }
    if (exchange.error() == null || !isOfTheEdge(exchange)) {
      assertThat(upstream.call().rpc()).isEqualTo(exchange.rpc());
      // what nobody signed for is passed on for nobody: never with the gateway's own token
      assertThat(upstream.call().authorization())
          .satisfiesAnyOf(
              none -> assertThat(exchange.caller()).isEqualTo("nobody"),
              sent -> assertThat(sent).startsWith("Bearer ey"));
      assertThat(String.valueOf(upstream.call().authorization())).doesNotContain("gateway-own");
      assertThat(received(route))
          .isEqualTo(ExampleJson.read(exchange.request(), route.rpc().newRequest()));
    }
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** A file comes as itself: its type and its name are headers. */
  private JsonNode read(HttpResponse<byte[]> answer, Route route) throws Exception {
    if (!route.rpc().schema().getOutputType().getFullName().equals(FILE)) {
      return json.readTree(answer.body());
    }
    String disposition = answer.headers().firstValue("content-disposition").orElseThrow();
    assertThat(disposition).matches("attachment; filename=\"[^\"]+\"");
    return json.createObjectNode()
        .put("mediaType", answer.headers().firstValue("content-type").orElseThrow())
        .put("fileName", disposition.split("\"", -1)[1])
        .put("content", Base64.getEncoder().encodeToString(answer.body()));
  }

  private static boolean isOfTheEdge(Exchange exchange) {
    return OF_THE_EDGE.contains(exchange.error().path("reason").asText());
  }

  private Message received(Route route) throws Exception {
    return route.rpc().newRequest().mergeFrom(upstream.call().request()).build();
  }

  private void prepare(Exchange exchange, Route route) {
    if (exchange.error() == null) {
      var marshaller = (PrototypeMarshaller<Message>) route.rpc().call().getResponseMarshaller();
      var builder = marshaller.getMessagePrototype().newBuilderForType();
      upstream.answerWith(ExampleJson.read(exchange.response(), builder));
    } else {
      upstream.refuseWith(refusal(exchange.error()));
    }
  }

  private static StatusRuntimeException refusal(JsonNode error) {
    var violations = BadRequest.newBuilder();
    error
        .path("violations")
        .forEach(field -> violations.addFieldViolationsBuilder().setField(field.asText()));
    var reason = ErrorInfo.newBuilder().setReason(error.path("reason").asText());
    error
        .path("metadata")
        .properties()
        .forEach(each -> reason.putMetadata(each.getKey(), each.getValue().asText()));
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.valueOf(error.path("code").asText()).getNumber())
            .setMessage("as the example says")
            .addDetails(Any.pack(reason.build()))
            .addDetails(Any.pack(violations.build()))
            .build());
  }

  private HttpResponse<byte[]> send(Exchange exchange, HttpExample example) throws Exception {
    var request =
        HttpRequest.newBuilder(address.resolve(example.target()))
            .method(example.method(), BodyPublishers.ofString(example.body()));
    if (!example.body().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!example.idempotencyKey().isEmpty()) {
      request.header("Idempotency-Key", example.idempotencyKey());
    }
    String token = ExampleCallers.token(exchange.caller());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private void checkProblem(JsonNode error, HttpResponse<byte[]> answer) throws Exception {
    JsonNode problem = json.readTree(answer.body());
    int status = HTTP_STATUSES.get(error.path("code").asText());
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("reason")).isEqualTo(error.path("reason"));
    error
        .path("metadata")
        .properties()
        .forEach(
            each ->
                assertThat(problem.path("metadata").path(each.getKey()))
                    .isEqualTo(each.getValue()));
    assertThat(problem.findValuesAsText("field")).isEqualTo(jsonNames(error.path("violations")));
  }

  private static List<String> jsonNames(JsonNode violations) {
    List<String> names = new ArrayList<>();
    violations.forEach(field -> names.add(HttpExample.jsonName(field.asText())));
    return names;
  }
}
