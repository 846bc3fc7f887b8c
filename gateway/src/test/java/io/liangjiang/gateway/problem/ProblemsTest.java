package io.liangjiang.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.ServiceException.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemsTest {

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
    "CANCELLED, 499",
    "UNIMPLEMENTED, 501",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 504"
  })
  void keepsReasonAndWordsOfServices(Status.Code code, int httpStatus) {
    var problem = Problems.of(refusal(code), "r1");

    assertThat(problem.status()).isEqualTo(httpStatus);
    assertThat(problem.reason()).isEqualTo("SOLD_OUT");
    assertThat(problem.detail()).isEqualTo("no places left");
    assertThat(problem.metadata()).containsExactlyEntriesOf(Map.of("poolId", "p1"));
    assertThat(problem.violations())
        .containsExactly(new Violation("items[0].timeSlotId", "is sold out"));
    assertThat(problem.retryAfterSeconds()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"INTERNAL", "UNKNOWN", "DATA_LOSS"})
  void hidesFaultsOfServices(Status.Code code) {
    assertThat(Problems.of(refusal(code), "r1"))
        .isEqualTo(new Problem(500, "INTERNAL", "internal error", Map.of(), List.of(), 0));
  }

  @Test
  void hidesWhatNobodyForesaw() {
    assertThat(Problems.of(new IllegalStateException("jdbc:postgresql://db"), "r1"))
        .isEqualTo(new Problem(500, "INTERNAL", "internal error", Map.of(), List.of(), 0));
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE, 503", "DEADLINE_EXCEEDED, 504", "UNIMPLEMENTED, 501"})
  void hidesTheWordsOfTheTransport(Status.Code code, int httpStatus) {
    var problem =
        Problems.of(
            code.toStatus().withDescription("io.netty: /10.0.0.7:9002").asRuntimeException(), "r1");

    assertThat(problem.status()).isEqualTo(httpStatus);
    assertThat(problem.reason()).isEqualTo(code.name());
    assertThat(problem.detail()).doesNotContain("netty", "10.0.0.7");
  }

  @Test
  void givesTheGatewaysOwnReasonsTheirOwnStatus() {
    var refusal = new ServiceException(GatewayReason.BODY_TOO_LARGE, "too long");

    assertThat(Problems.of(refusal, "r1").status()).isEqualTo(413);
    assertThat(Problems.of(refusal, "r1").title()).isEqualTo("Body too large");
    assertThat(Problems.of(refusal, "r1").type())
        .isEqualTo("urn:liangjiang:problem:BODY_TOO_LARGE");
  }

  @Test
  void roundsRetriesUpToWholeSeconds() {
    var refusal =
        new ServiceException(PlatformReason.OVERLOADED, "full")
            .retryAfter(java.time.Duration.ofMillis(1));

    assertThat(Problems.of(refusal, "r1").retryAfterSeconds()).isEqualTo(1);
  }

  @Test
  void writesAllMembers() {
    byte[] json =
        ProblemWriter.write(
            new Problem(
                409,
                "SOLD_OUT",
                "no places left",
                Map.of("poolId", "p1"),
                List.of(new Violation("items[0]", "is \"sold\" out")),
                0),
            "r1");

    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"type":"urn:liangjiang:problem:SOLD_OUT","title":"Sold out","status":409,\
            "detail":"no places left","instance":"r1","reason":"SOLD_OUT",\
            "metadata":{"poolId":"p1"},\
            "violations":[{"field":"items[0]","description":"is \\"sold\\" out"}]}\
            """);
  }

  private static Throwable refusal(Status.Code code) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage("no places left")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason("SOLD_OUT")
                        .putMetadata("poolId", "p1")
                        .build()))
            .addDetails(Any.pack(badRequest()))
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(1).setNanos(1))
                        .build()))
            .build());
  }

  private static BadRequest badRequest() {
    return BadRequest.newBuilder()
        .addFieldViolations(
            BadRequest.FieldViolation.newBuilder()
                .setField("items[0].time_slot_id")
                .setDescription("is sold out"))
        .build();
  }
}
