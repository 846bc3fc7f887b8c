package io.liangjiang.platform.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.liangjiang.platform.test.CapturedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
  private static final String SERVICE = "payments:9012";
  private static final Status REFUSED =
      Status.UNAVAILABLE
          .withDescription("io exception\nChannel Pipeline: [...]")
          .withCause(new java.net.ConnectException("Connection refused"));
  private static final String LOST =
      "WARN payments:9012 cannot be reached: io exception Channel Pipeline: [...]"
          + " (java.net.ConnectException: Connection refused)";
  private static final String BACK = "INFO payments:9012 answers again";

  private final AtomicLong nanos = new AtomicLong();
  private final Reachability reachability = new Reachability(nanos::get);
  private CapturedLog log;

  @BeforeEach
  void look() {
    log = CapturedLog.of(OutgoingCalls.class.getName());
  }

  @AfterEach
  void lookAway() {
    log.close();
  }

  @Test
  void tellsOnceThatAServiceIsAwayAndOnceThatItIsBack() {
    reachability.reached(SERVICE);
    for (int i = 0; i < 100; i++) {
      reachability.lost(SERVICE, REFUSED);
      pass(Duration.ofSeconds(10));
    }
    reachability.reached(SERVICE);
    reachability.reached(SERVICE);

    assertThat(log.lines()).containsExactly(LOST, BACK);
    assertThat(log.traces()).isZero();
  }

  @Test
  void tellsOfOneThatComesAndGoesOnceAMinute() {
    for (int i = 0; i < 100; i++) {
      reachability.lost(SERVICE, REFUSED);
      reachability.reached(SERVICE);
    }
    assertThat(log.lines()).containsExactly(LOST, BACK);

    pass(Duration.ofMinutes(1));
    reachability.lost(SERVICE, REFUSED);

    assertThat(log.lines()).containsExactly(LOST, BACK, LOST);
  }

  @Test
  void tellsOfEachService() {
    reachability.lost("identity:9011", Status.UNAVAILABLE);
    reachability.lost(SERVICE, REFUSED);

    assertThat(log.lines())
        .containsExactly("WARN identity:9011 cannot be reached: no word of it", LOST);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
