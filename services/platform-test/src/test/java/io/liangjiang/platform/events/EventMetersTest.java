package io.liangjiang.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.test.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EventMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MutableClock clock = new MutableClock();
  private final EventMeters meters = new EventMeters(registry, clock);

  @Test
  void countsEventsByType() {
    meters.appended("payments.RefundSucceeded");
    meters.appended("payments.RefundSucceeded");
    meters.appended("payments.PaymentOrderClosed");

    assertThat(
            registry
                .get("liangjiang.events")
                .tag("type", "payments.RefundSucceeded")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void isAsFarBehindAsTheEventInHandIsOld() {
    var following = meters.follow("payments");
    assertThat(gauge("liangjiang.events.following")).isZero();

    following.begins();
    following.takes(clock.instant());
    clock.advance(Duration.ofSeconds(90));

    assertThat(gauge("liangjiang.events.following")).isEqualTo(1);
    assertThat(gauge("liangjiang.events.behind.seconds")).isBetween(90.0, 150.0);

    following.isDone();
    assertThat(gauge("liangjiang.events.behind.seconds")).isZero();
  }

  @Test
  void saysOnceThatItMissedSomethingUntilItGoesOn() {
    var following = meters.follow("payments");
    assertThat(following.hasMissed()).isTrue();
    assertThat(following.hasMissed()).isFalse();
    assertThat(gauge("liangjiang.events.missed")).isEqualTo(1);

    following.takes(clock.instant());

    assertThat(gauge("liangjiang.events.missed")).isZero();
  }

  @Test
  void handsNothingWhenItDoesNotFollow() {
    var following = meters.follow("payments");
    following.begins();
    following.takes(clock.instant());

    following.ends();

    assertThat(gauge("liangjiang.events.following")).isZero();
    assertThat(gauge("liangjiang.events.behind.seconds")).isZero();
  }

  private double gauge(String name) {
    return registry.get(name).tag("group", "payments").gauge().value();
  }
}
