package io.liangjiang.bench;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls at a steady rate whether or not the earlier ones are answered, as citizens do, and
 * checks that each one succeeds. A call's time counts from the moment it was due: what a slow
 * service makes the next ones wait is in the figure.
 */
final class OpenLoad {
  private static final int MAX_OUTSTANDING = 50_000;
  private static final long MAX_MICROS = 60_000_000;
  private static final int DIGITS = 3;

  private final double perSecond;
  private final double seconds;

  OpenLoad(double perSecond, double seconds) {
    this.perSecond = perSecond;
    this.seconds = seconds;
  }

  /** Runs the load and yields the times of all calls in microseconds. */
  Histogram run(LongFunction<? extends ListenableFuture<?>> call) {
    var times = new ConcurrentHistogram(MAX_MICROS, DIGITS);
    var outstanding = new Semaphore(MAX_OUTSTANDING);
    var failure = new AtomicReference<@Nullable Throwable>();
    long begin = System.nanoTime();
    long calls = (long) (perSecond * seconds);
    for (long i = 0; i < calls && failure.get() == null; i++) {
      long due = begin + (long) (i / perSecond * 1e9);
      await(due);
      if (!outstanding.tryAcquire()) {
        throw new IllegalStateException(MAX_OUTSTANDING + " calls wait: the rate is too high");
      }
      Futures.addCallback(
          call.apply(i),
          new Answer(due, times, outstanding, failure),
          MoreExecutors.directExecutor());
    }
    outstanding.acquireUninterruptibly(MAX_OUTSTANDING);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a call failed", failed);
    }
    return times;
  }

  /** What people read of such times. */
  static String describe(double perSecond, Histogram times) {
    return "%.0f/s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms, all %d answered OK"
        .formatted(
            perSecond,
            times.getValueAtPercentile(50) / 1e3,
            times.getValueAtPercentile(99) / 1e3,
            times.getMaxValue() / 1e3,
            times.getTotalCount());
  }

  private static void await(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }

  private record Answer(
      long due,
      Histogram times,
      Semaphore outstanding,
      AtomicReference<@Nullable Throwable> failure)
      implements FutureCallback<Object> {
    @Override
    public void onSuccess(@Nullable Object result) {
      times.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - due) / 1_000));
      outstanding.release();
    }

    @Override
    public void onFailure(Throwable failed) {
      failure.compareAndSet(null, failed);
      outstanding.release();
    }
  }
}
