package io.liangjiang.platform.test;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of a service under test: real time, moved by what the test says. */
@Singleton
public class MutableClock implements InstantSource {
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(offset.get());
  }

  /** Moves the clock by that much. */
  public void advance(Duration by) {
    offset.updateAndGet(before -> before.plus(by));
  }

  /** Moves the clock to that moment; it goes on from there. */
  public void set(Instant moment) {
    offset.set(Duration.between(InstantSource.system().instant(), moment));
  }

  /** Back to real time. */
  public void reset() {
    offset.set(Duration.ZERO);
  }
}
