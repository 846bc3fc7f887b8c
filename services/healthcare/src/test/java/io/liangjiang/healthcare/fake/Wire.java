package io.liangjiang.healthcare.fake;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.StatusRuntimeException;
import io.liangjiang.platform.test.TestCalls;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** What every test at the wire needs: answers, refusals, and the hours of Chongqing. */
public final class Wire {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A Monday. */
  public static final LocalDate TODAY = LocalDate.parse("2027-03-15");

  private Wire() {}

  /** The answer of a call. */
  public static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }

  /**
   * The reason of the refusal that the call must end with, or the status where it has no reason.
   */
  public static String refusal(Uni<?> call) {
    Throwable failure = catchThrowable(() -> await(call));
    String reason = TestCalls.reason(failure);
    return reason.isEmpty() && failure instanceof StatusRuntimeException status
        ? status.getStatus().getCode().name()
        : reason;
  }

  /** A figure that goes with the refusal. */
  public static String metadata(Uni<?> call, String key) {
    Throwable failure = catchThrowable(() -> await(call));
    return TestCalls.errorInfo(failure).getMetadataOrDefault(key, "");
  }

  /** The moment at which Chongqing's clocks show that. */
  public static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }
}
