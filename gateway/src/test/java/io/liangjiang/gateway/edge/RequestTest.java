package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.liangjiang.gateway.testing.ScriptedUpstream;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the parts of a request on their way to a service. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class RequestTest {
  private static final String UUID_KEY = "0190163d-8694-739b-aea5-966c26f8ad91";

  @Inject ScriptedUpstream upstream;

  @TestHTTPResource("/")
  URI address;

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  @Test
  void passesABodyThereAndBack() {
    json()
        .body(
            Map.of(
                "everything",
                Map.of("text", "两江 😀", "big", 5000, "bigUnsigned", "18446744073709551615")))
        .post("/v1/echoes")
        .then()
        .statusCode(200)
        .contentType(equalTo("application/json"))
        .body("everything.text", equalTo("两江 😀"))
        .body("everything.big", equalTo(5000))
        .body("everything.bigUnsigned", equalTo("18446744073709551615"))
        .body("everything.small", equalTo(0))
        .body("everything.child", nullValue());
  }

  @Test
  void passesLongLists() {
    json()
        .body(Map.of("everything", Map.of("bigs", Collections.nCopies(50_000, 9007199254740991L))))
        .post("/v1/echoes")
        .then()
        .statusCode(200)
        .body("everything.bigs", hasSize(50_000))
        .body("everything.bigs[49999]", equalTo(9007199254740991L));
  }

  @Test
  void takesNoBodyForAnEmptyObject() {
    given().post("/v1/echoes").then().statusCode(200).body("everything", nullValue());
  }

  @Test
  void fillsFieldsFromPathAndQuery() {
    given()
        .urlEncodingEnabled(false)
        .get(
            "/v1/echoes/%E4%B8%A4+%2F?number=7&colors=RED&colors=GREEN&filter.word=a+b%26"
                + "&filter.atLeast.amountMinor=5000&flag=false&since=2026-05-01T00:00:00Z&ids=1&ids=2&")
        .then()
        .statusCode(200)
        .body("name", equalTo("两+/"))
        .body("number", equalTo(7))
        .body("colors", contains("RED", "GREEN"))
        .body("filter.word", equalTo("a b&"))
        .body("filter.atLeast.amountMinor", equalTo(5000))
        .body("flag", equalTo(false))
        .body("since", equalTo("2026-05-01T00:00:00Z"))
        .body("ids", contains(1, 2));
  }

  @Test
  void fillsOneFieldFromTheBodyAndOthersFromTheQuery() {
    json()
        .body(Map.of("word", "w"))
        .post("/v1/echoes/n:part?number=3")
        .then()
        .statusCode(200)
        .body("name", equalTo("n"))
        .body("filter.word", equalTo("w"))
        .body("number", equalTo(3));
  }

  @Test
  void servesPutAndDelete() {
    json()
        .body("{}")
        .put("/v1/echoes/abc")
        .then()
        .statusCode(200)
        .body("everything.text", equalTo("abc"));
    given().delete("/v1/echoes/abc").then().statusCode(200).body("name", equalTo("abc"));
  }

  @Test
  void refusesBodyThatDiffersFromThePath() {
    String path = "/v1/echoes/abc";

    json().body("{\"everything\":{\"text\":\"abc\"}}").put(path).then().statusCode(200);
    json()
        .body("{\"everything\":{\"text\":\"xyz\"}}")
        .put(path)
        .then()
        .statusCode(400)
        .body("violations.field", contains("everything.text"));
  }

  @ParameterizedTest
  @CsvSource({
    "number=x, INVALID_ARGUMENT, number",
    "number=1&number=2, INVALID_ARGUMENT, number",
    "colors=BLUE, INVALID_ARGUMENT, colors",
    "since=today, INVALID_ARGUMENT, since",
    "flag=true&flag=true, INVALID_ARGUMENT, flag",
    "nothing=1, UNKNOWN_FIELD, nothing",
    "name=other, UNKNOWN_FIELD, name",
    "filter=x, UNKNOWN_FIELD, filter",
    "filter.nothing=x, UNKNOWN_FIELD, filter.nothing",
    "filter.word.x=1, UNKNOWN_FIELD, filter.word.x",
    "since.seconds=1, UNKNOWN_FIELD, since.seconds"
  })
  void namesQueryFieldsThatAreWrong(String query, String reason, String field) {
    given()
        .urlEncodingEnabled(false)
        .get("/v1/echoes/n?" + query)
        .then()
        .statusCode(400)
        .contentType(equalTo("application/problem+json"))
        .body("reason", equalTo(reason))
        .body("violations.field", contains(field));
  }

  @Test
  void refusesQueryBesideWholeBody() {
    json()
        .body("{}")
        .post("/v1/echoes?everything.text=a")
        .then()
        .statusCode(400)
        .body("reason", equalTo("UNKNOWN_FIELD"));
  }

  @Test
  void namesPathFieldThatIsWrong() {
    given()
        .get("/v1/echoes/n/parts/seven")
        .then()
        .statusCode(400)
        .body("violations.field", contains("number"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/echoes/%ff", "/v1/echoes/n?a=%c3%28"})
  void refusesBadPercentEncoding(String url) {
    given()
        .urlEncodingEnabled(false)
        .get(url)
        .then()
        .statusCode(400)
        .body("reason", equalTo("MALFORMED_URL"));
  }

  @Test
  void refusesEndlessQueries() {
    given()
        .get("/v1/echoes/n?" + "ids=1&".repeat(101))
        .then()
        .statusCode(400)
        .body("reason", equalTo("MALFORMED_URL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"everything":{"colour":1}} | UNKNOWN_FIELD    | everything.colour
          {"request_id":"a"}          | UNKNOWN_FIELD    | request_id
          {"everything":{"small":"x"}}| INVALID_ARGUMENT | everything.small
          """)
  void namesBodyFieldsThatAreWrong(String body, String reason, String field) {
    json()
        .body(body)
        .post("/v1/echoes")
        .then()
        .statusCode(400)
        .contentType(equalTo("application/problem+json"))
        .body("reason", equalTo(reason))
        .body("type", equalTo("urn:liangjiang:problem:" + reason))
        .body("violations.field", contains(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "5", "{}{}", "{\"everything\":{},\"everything\":{}}"})
  void refusesWhatIsNoJsonObject(String body) {
    json()
        .body(body)
        .post("/v1/echoes")
        .then()
        .statusCode(400)
        .body("reason", equalTo("MALFORMED_JSON"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/json; charset=gbk"})
  void refusesOtherMediaTypes(String type) {
    given()
        .header("content-type", type)
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .post("/v1/echoes")
        .then()
        .statusCode(415)
        .body("reason", equalTo("UNSUPPORTED_MEDIA_TYPE"));
  }

  @Test
  void refusesContentCodings() {
    json().header("content-encoding", "br").body("{}").post("/v1/echoes").then().statusCode(415);
  }

  @Test
  void refusesLongBodiesAnnouncedOrNot() {
    json()
        .body("{\"x\":\"" + "a".repeat(1_100_000) + "\"}")
        .post("/v1/echoes")
        .then()
        .statusCode(413)
        .body("reason", equalTo("BODY_TOO_LARGE"))
        .body("metadata.maxBytes", equalTo("1048576"));
  }

  @Test
  void refusesBodyWhereNoneIsTaken() {
    json()
        .body("{}")
        .delete("/v1/echoes/abc")
        .then()
        .statusCode(400)
        .body("reason", equalTo("BODY_NOT_ALLOWED"));
  }

  @Test
  void tellsOtherMethodsOfAPath() {
    json()
        .body("{}")
        .patch("/v1/echoes/abc")
        .then()
        .statusCode(405)
        .header("allow", "DELETE, GET, PUT")
        .body("reason", equalTo("METHOD_NOT_ALLOWED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/v1", "/v1/nothing", "/v1/echoes/", "/v1/echoes/a/b/c", "/v2/echoes"})
  void knowsNoOtherPaths(String path) {
    given()
        .get(path)
        .then()
        .statusCode(404)
        .contentType(equalTo("application/problem+json"))
        .body("reason", equalTo("ROUTE_NOT_FOUND"))
        .body("status", equalTo(404));
  }

  @Test
  void doesNotServeRpcsWithoutRoute() {
    json()
        .body("{}")
        .post("/liangjiang.payments.echo.EchoService/Unreachable")
        .then()
        .statusCode(404);
  }

  @Test
  void passesIdempotencyKeyAsRequestId() {
    json()
        .header("Idempotency-Key", UUID_KEY)
        .body("{}")
        .post("/v1/echoes")
        .then()
        .statusCode(200)
        .body("requestId", equalTo(UUID_KEY));
  }

  @Test
  void makesRequestIdWithoutIdempotencyKey() {
    json()
        .body("{}")
        .post("/v1/echoes")
        .then()
        .statusCode(200)
        .body("requestId", matchesPattern("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*"));
    json()
        .body(Map.of("requestId", UUID_KEY))
        .post("/v1/echoes")
        .then()
        .body("requestId", equalTo(UUID_KEY));
  }

  @Test
  void refusesTwoDifferentRequestIds() {
    json()
        .header("Idempotency-Key", "one")
        .body(Map.of("requestId", UUID_KEY))
        .post("/v1/echoes")
        .then()
        .statusCode(400)
        .body("reason", equalTo("INVALID_REQUEST_ID"));
    json()
        .header("Idempotency-Key", UUID_KEY)
        .body(Map.of("requestId", UUID_KEY))
        .post("/v1/echoes")
        .then()
        .statusCode(200);
  }

  @Test
  void refusesTwoIdempotencyKeysAndBadOnes() {
    for (var keys : List.of(List.of("a", "b"), List.of("a b"), List.of("k".repeat(129)))) {
      var request = json();
      keys.forEach(key -> request.header("Idempotency-Key", key));
      request
          .body("{}")
          .post("/v1/echoes")
          .then()
          .statusCode(400)
          .body("reason", equalTo("INVALID_IDEMPOTENCY_KEY"));
    }
  }

  @Test
  void takesHttp2BodiesOfUnknownLength() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var upgrade = HttpRequest.newBuilder(address.resolve("/v1/echoes/abc")).build();
      assertThat(client.send(upgrade, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      byte[] body = "{\"everything\":{\"text\":\"streamed\"}}".getBytes(StandardCharsets.UTF_8);
      var post =
          HttpRequest.newBuilder(address.resolve("/v1/echoes"))
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
              .build();

      var answer = client.send(post, BodyHandlers.ofString());

      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"text\":\"streamed\"");
      assertThat(client.send(upgrade, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }
}
