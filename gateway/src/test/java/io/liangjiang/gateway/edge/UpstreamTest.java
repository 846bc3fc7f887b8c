package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.liangjiang.gateway.testing.ScriptedUpstream;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees of a service that refuses, fails, is away or does not answer. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class UpstreamTest {
  @Inject ScriptedUpstream upstream;

  @TestHTTPResource("/")
  URI address;

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  private void failNext(Throwable failure) {
    upstream.next(to -> to.onError(failure));
  }

  private static Throwable refusal(Status.Code code, boolean retryLater) {
    var info = ErrorInfo.newBuilder().setReason("A_REASON").putMetadata("key", "value").build();
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage("words of the service")
            .addDetails(Any.pack(info));
    if (retryLater) {
      var delay = Duration.newBuilder().setSeconds(7);
      status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400",
    "OUT_OF_RANGE, 400",
    "UNAUTHENTICATED, 401",
    "PERMISSION_DENIED, 403",
    "NOT_FOUND, 404",
    "FAILED_PRECONDITION, 409",
    "ABORTED, 409",
    "ALREADY_EXISTS, 409",
    "RESOURCE_EXHAUSTED, 429",
    "UNIMPLEMENTED, 501",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 504"
  })
  void translatesRefusals(Status.Code code, int httpStatus) {
    failNext(refusal(code, true));

    var answer = given().get("/v1/echoes/abc").then();

    answer
        .statusCode(httpStatus)
        .contentType(equalTo("application/problem+json"))
        .header("retry-after", "7")
        .body("status", equalTo(httpStatus))
        .body("reason", equalTo("A_REASON"))
        .body("title", equalTo("A reason"))
        .body("detail", equalTo("words of the service"))
        .body("metadata.key", equalTo("value"))
        .body("instance", equalTo(answer.extract().header("x-request-id")));
  }

  @ParameterizedTest
  @CsvSource({"INTERNAL", "UNKNOWN", "DATA_LOSS"})
  void hidesFaults(Status.Code code) {
    failNext(code.toStatus().withDescription("org.postgresql.PSQLException").asRuntimeException());

    given()
        .get("/v1/echoes/abc")
        .then()
        .statusCode(500)
        .body("reason", equalTo("INTERNAL"))
        .body("detail", not(containsString("postgresql")));
  }

  @Test
  void repeatsReadsWhileAServiceIsAway() {
    failNext(Status.UNAVAILABLE.asRuntimeException());
    failNext(Status.UNAVAILABLE.asRuntimeException());

    given().get("/v1/echoes/abc").then().statusCode(200);

    assertThat(upstream.calls()).hasSize(3);
  }

  @Test
  void givesUpAfterThreeRepetitions() {
    for (int i = 0; i < 4; i++) {
      failNext(Status.UNAVAILABLE.asRuntimeException());
    }

    given().get("/v1/echoes/abc").then().statusCode(503).body("reason", equalTo("UNAVAILABLE"));

    assertThat(upstream.calls()).hasSize(4);
  }

  @Test
  void repeatsWritesOnlyWithAKey() {
    failNext(Status.UNAVAILABLE.asRuntimeException());
    given().post("/v1/echoes").then().statusCode(503);
    assertThat(upstream.calls()).hasSize(1);

    failNext(Status.UNAVAILABLE.asRuntimeException());
    given().header("Idempotency-Key", "k1").post("/v1/echoes").then().statusCode(200);
    assertThat(upstream.calls()).hasSize(3);
  }

  @Test
  void doesNotPressAServiceThatSaysWhenToComeBack() {
    failNext(refusal(Status.Code.UNAVAILABLE, true));

    given().get("/v1/echoes/abc").then().statusCode(503).header("retry-after", "7");

    assertThat(upstream.calls()).hasSize(1);
  }

  @Test
  void reachesAServiceAgainAsSoonAsItIsBack() throws IOException, InterruptedException {
    upstream.goAway();
    for (int i = 0; i < 5; i++) {
      given().get("/v1/echoes/abc").then().statusCode(503).body("reason", equalTo("UNAVAILABLE"));
    }
    upstream.comeBack();

    given().get("/v1/echoes/abc").then().statusCode(200);
  }

  @Test
  void tellsWhenAServiceDoesNotAnswerInTime() {
    upstream.next(to -> {});

    given()
        .get("/v1/echoes/abc")
        .then()
        .statusCode(504)
        .body("reason", equalTo("DEADLINE_EXCEEDED"));
  }

  @Test
  void cancelsTheCallWhenThePhoneIsGone() throws IOException, InterruptedException {
    var started = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    upstream.next(
        to -> {
          ((ServerCallStreamObserver<?>) to).setOnCancelHandler(cancelled::countDown);
          started.countDown();
        });

    try (var phone = new Socket(address.getHost(), address.getPort())) {
      phone
          .getOutputStream()
          .write(
              "GET /v1/echoes/abc HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(cancelled.await(7, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void answersLateRequestsOfAConnectionAfterRefusingEarlyOnes() throws IOException {
    try (var phone = new Socket(address.getHost(), address.getPort())) {
      String refused =
          "POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde";
      String served = "GET /v1/echoes/abc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      phone.getOutputStream().write((refused + served).getBytes(StandardCharsets.US_ASCII));

      String answers = new String(phone.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answers).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200", "\"name\":\"abc\"");
    }
  }
}
