package io.liangjiang.sandbox.channel;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nonces seen of late. Held in memory: after a restart a replay of the last minutes would pass, as
 * the orders' own numbers are what makes a replay harmless.
 */
@Singleton
final class NonceWindow {
  /** How far a request's time may be off. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int CAPACITY = 200_000;

  private final Map<String, Instant> seen = new LinkedHashMap<>();

  /** Notes the nonce; false when it was noted before. */
  synchronized boolean isNew(String nonce, Instant now) {
    Instant oldest = now.minus(TOLERANCE.multipliedBy(2));
    Iterator<Instant> times = seen.values().iterator();
    while (times.hasNext() && (times.next().isBefore(oldest) || seen.size() >= CAPACITY)) {
      times.remove();
    }
    return seen.putIfAbsent(nonce, now) == null;
  }
}
