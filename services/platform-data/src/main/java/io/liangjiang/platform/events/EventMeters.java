package io.liangjiang.platform.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures of the feeds: what happened here, by type, and how far this service is behind what
 * happened elsewhere.
 */
@ApplicationScoped
public class EventMeters {
  private static final double MILLIS_A_SECOND = 1_000;

  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<String, Counter> appended = new ConcurrentHashMap<>();

  EventMeters(MeterRegistry meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /** Counts one that was written, also when its transaction fails afterwards. */
  void appended(String type) {
    appended
        .computeIfAbsent(
            type,
            unknown ->
                Counter.builder("liangjiang.events")
                    .description("events written to the outbox")
                    .tag("type", type)
                    .register(meters))
        .increment();
  }

  /** What one group is doing; shown for as long as the process lives. */
  Following follow(String group) {
    Following following = new Following();
    Gauge.builder("liangjiang.events.following", following, f -> f.active ? 1 : 0)
        .description("1 where this replica is the one that consumes for the group")
        .tag("group", group)
        .register(meters);
    Gauge.builder("liangjiang.events.missed", following, f -> f.missed ? 1 : 0)
        .description("1 where the group asks for events that were deleted")
        .tag("group", group)
        .register(meters);
    Gauge.builder("liangjiang.events.behind.seconds", following, f -> f.behind(clock.instant()))
        .description("age of the event in hand; 0 when nothing is in hand")
        .tag("group", group)
        .register(meters);
    return following;
  }

  /** What one group is doing now. */
  static final class Following {
    private volatile boolean active;
    private volatile @Nullable Instant inHand;
    private volatile boolean missed;

    void begins() {
      active = true;
    }

    void ends() {
      active = false;
      inHand = null;
    }

    void takes(Instant eventTime) {
      inHand = eventTime;
      missed = false;
    }

    /** Whether this is news. */
    boolean hasMissed() {
      boolean news = !missed;
      missed = true;
      return news;
    }

    void isDone() {
      inHand = null;
    }

    double behind(Instant now) {
      Instant event = inHand;
      return event == null ? 0 : Duration.between(event, now).toMillis() / MILLIS_A_SECOND;
    }
  }
}
