package io.liangjiang.transit.ride;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a fare that the wallet did not hold is tried again: at growing distances, then no more by
 * itself.
 */
final class RetryPlan {
  private static final List<Duration> DISTANCES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24),
          Duration.ofHours(48),
          Duration.ofHours(72));

  /** Automatic attempts at most, the first one included. */
  static final int MAX_ATTEMPTS = DISTANCES.size() + 1;

  private RetryPlan() {}

  /**
   * The next automatic attempt.
   *
   * @param attemptCount failed attempts so far, 1 or more
   * @return empty when only the citizen can start another one, by filling the wallet or by settling
   */
  static Optional<Instant> nextAttempt(int attemptCount, Instant now) {
    return attemptCount < MAX_ATTEMPTS
        ? Optional.of(now.plus(DISTANCES.get(attemptCount - 1)))
        : Optional.empty();
  }
}
