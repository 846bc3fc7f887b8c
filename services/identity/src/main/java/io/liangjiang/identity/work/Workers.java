package io.liangjiang.identity.work;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A few threads with a bounded queue, for work that would hold up the event loop. */
public final class Workers implements AutoCloseable {
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;

  /**
   * Creates the threads as they are needed.
   *
   * @param name prefix of the threads' names
   * @param threads 1 or more
   * @param queued how much work may wait, 1 or more
   */
  public Workers(String name, int threads, int queued) {
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queued),
            task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the work; its result arrives where the caller was. Errors: OVERLOADED when the queue is
   * full.
   */
  public <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom().emitter(emitter -> submit(work, emitter, Vertx.currentContext()));
  }

  private <T> void submit(
      Supplier<T> work, UniEmitter<? super T> emitter, @Nullable Context caller) {
    try {
      pool.execute(
          () -> {
            Runnable answer = attempt(work, emitter);
            if (caller == null) {
              answer.run();
            } else {
              caller.runOnContext(ignored -> answer.run());
            }
          });
    } catch (RejectedExecutionException e) {
      emitter.fail(
          new ServiceException(PlatformReason.OVERLOADED, "too much to compute at once")
              .retryAfter(RETRY_DELAY));
    }
  }

  private static <T> Runnable attempt(Supplier<T> work, UniEmitter<? super T> emitter) {
    try {
      T result = work.get();
      return () -> emitter.complete(result);
    } catch (RuntimeException e) {
      return () -> emitter.fail(e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
