package io.liangjiang.sandbox;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The system's time, put forward by a test. */
@Singleton
@Alternative
@Priority(1)
public final class MutableClock implements InstantSource {
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Instant.now().plus(offset.get());
  }

  /** Moves the time on. */
  public void advance(Duration by) {
    offset.updateAndGet(before -> before.plus(by));
  }

  /** Goes back to the system's time. */
  public void reset() {
    offset.set(Duration.ZERO);
  }
}
