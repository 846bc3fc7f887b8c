package io.liangjiang.bench;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls for a while, so many at once and no more, and checks that every one succeeds. It
 * saturates the service; what it measures is a rate, not a latency.
 */
final class GrpcLoad {
  private final int inFlight;
  private final double seconds;

  GrpcLoad(int inFlight, double seconds) {
    this.inFlight = inFlight;
    this.seconds = seconds;
  }

  /**
   * Runs the load until the time is over.
   *
   * @param call starts the call of that number
   * @param pids processes whose CPU time counts
   */
  Sample run(LongFunction<? extends ListenableFuture<?>> call, long... pids) {
    return run(Long.MAX_VALUE, call, pids);
  }

  /**
   * Runs the load until so many calls are made or the time is over.
   *
   * @param call starts the call of that number
   * @param pids processes whose CPU time counts
   */
  Sample run(long calls, LongFunction<? extends ListenableFuture<?>> call, long... pids) {
    var places = new Semaphore(inFlight);
    var done = new AtomicLong();
    var failure = new AtomicReference<@Nullable Throwable>();
    double cpuBefore = CpuClock.seconds(pids);
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    for (long i = 0; i < calls && System.nanoTime() < end && failure.get() == null; i++) {
      places.acquireUninterruptibly();
      Futures.addCallback(
          call.apply(i), new Count(places, done, failure), MoreExecutors.directExecutor());
    }
    places.acquireUninterruptibly(inFlight);
    double took = (System.nanoTime() - begin) / 1e9;
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a call failed", failed);
    }
    return new Sample(done.get(), took, CpuClock.seconds(pids) - cpuBefore);
  }

  private record Count(
      Semaphore places, AtomicLong done, AtomicReference<@Nullable Throwable> failure)
      implements FutureCallback<Object> {
    @Override
    public void onSuccess(@Nullable Object result) {
      done.incrementAndGet();
      places.release();
    }

    @Override
    public void onFailure(Throwable failed) {
      failure.compareAndSet(null, failed);
      places.release();
    }
  }
}
