package io.liangjiang.platform.events;

import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Wakes readers of the feed after a commit of this process that may have brought events. Commits of
 * other replicas are found by the readers' own slow poll; NOTIFY inside the transaction would make
 * all commits wait for one lock.
 */
@ApplicationScoped
public class OutboxWake {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private volatile CompletableFuture<Void> next = new CompletableFuture<>();
  private volatile long lastAppend = System.nanoTime() - RECENT_NANOS;

  OutboxWake(Database database) {
    database.onCommit(this::committed);
  }

  void appended() {
    lastAppend = System.nanoTime();
  }

  /**
   * A signal that was taken before looking, so that no commit between the look and the wait is
   * missed.
   */
  CompletableFuture<Void> signal() {
    return next;
  }

  /** Ends when the signal is given, or after half a second. */
  static Uni<Void> await(CompletableFuture<Void> signal) {
    return Uni.createFrom()
        .completionStage(signal.copy())
        .ifNoItem()
        .after(POLL)
        .on(Infrastructure.getDefaultWorkerPool())
        .recoverWithItem(() -> null)
        .replaceWithVoid();
  }

  private void committed() {
    if (System.nanoTime() - lastAppend < RECENT_NANOS) {
      var given = next;
      next = new CompletableFuture<>();
      given.complete(null);
    }
  }
}
