package io.liangjiang.platform.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.liangjiang.platform.test.CapturedLog;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.v1.EventFeedServiceGrpc.EventFeedServiceBlockingStub;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is in the log of a process that calls a service whose name nobody knows. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@TestProfile(UnknownNameTest.Nobody.class)
class UnknownNameTest {
  private static final int CALLS = 5;

  /** A name that is never given (RFC 6761). */
  public static final class Nobody implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.grpc.clients.nobody.host",
          "nobody.invalid",
          "quarkus.grpc.clients.nobody.port",
          "9012",
          "quarkus.grpc.clients.nobody.test-port",
          "9012");
    }
  }

  @Inject MeterRegistry meters;

  @GrpcClient("nobody")
  EventFeedServiceBlockingStub nobody;

  @Test
  void isOneLineAndNoTrace() {
    try (var log = CapturedLog.of("")) {
      for (int i = 0; i < CALLS; i++) {
        var failure =
            catchThrowable(() -> nobody.subscribe(SubscribeRequest.getDefaultInstance()).hasNext());
        assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN nobody.invalid:9012 cannot be reached: ")
          .contains("nobody.invalid")
          .doesNotContain("\n");
      assertThat(log.traces()).isZero();
      assertThat(
              meters
                  .get("grpc.client.processing.duration")
                  .tag("statusCode", "UNAVAILABLE")
                  .timer()
                  .count())
          .isEqualTo(CALLS);
    }
  }
}
