package io.liangjiang.standalone.journey;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens a moment after the answer: call-backs, events. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Eventually() {}

  /** The last answer: the first that was as wanted, or the one when time ran out. */
  static <T> T is(Supplier<T> question, Predicate<T> wanted) {
    return within(PATIENCE, question, wanted);
  }

  /** The same for what has to happen in a time of its own. */
  static <T> T within(Duration patience, Supplier<T> question, Predicate<T> wanted) {
    long deadline = System.nanoTime() + patience.toNanos();
    T answer = question.get();
    while (!wanted.test(answer) && System.nanoTime() < deadline) {
      pause(PAUSE);
      answer = question.get();
    }
    return answer;
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
