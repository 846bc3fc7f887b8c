package io.liangjiang.platform.data;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * The one place where a thread waits for the database: the start of a process, before it serves
 * anybody.
 */
public final class StartWait {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private StartWait() {}

  /** The answer. Fails as it fails, and with a TimeoutException of Mutiny's after ten seconds. */
  public static <T> T on(Uni<T> answer) {
    return answer.await().atMost(PATIENCE);
  }
}
