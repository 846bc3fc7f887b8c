package io.liangjiang.sandbox.channel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a call-back that was not taken comes again, as published: 15 times over 24 h 4 min. */
final class CallbackSchedule {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(60),
          Duration.ofHours(3),
          Duration.ofHours(3),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(6));

  private CallbackSchedule() {}

  /** The wait after so many earlier tries, scaled; empty when it was the last. */
  static Optional<Duration> waitAfter(int earlierTries, double scale) {
    if (earlierTries >= WAITS.size()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) (WAITS.get(earlierTries).toMillis() * scale)));
  }
}
