package io.liangjiang.bench;

import com.google.protobuf.MessageLite;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Unary gRPC calls of one method over one {@link WireConnection}: so many in flight and no more, or
 * at a steady rate whether or not the earlier ones are answered. Each answer's status is checked.
 */
final class WireLoad {
  /** More than that wait only when the rate is far too high. */
  private static final int OUTSTANDING_MAX = 1 << 16;

  private static final long MAX_MICROS = 60_000_000;
  private static final int DIGITS = 3;
  private static final int GIVE_AT_ONCE = 32;

  private final int port;
  private final String method;
  private final String token;
  private final Supplier<? extends MessageLite> requests;

  /**
   * A load that is not running yet.
   *
   * @param method full name, for example "liangjiang.payments.v1.LedgerService/CreateTransfer"
   * @param requests the next request, small enough for one frame (16 kB)
   */
  WireLoad(int port, String method, String token, Supplier<? extends MessageLite> requests) {
    this.port = port;
    this.method = method;
    this.token = token;
    this.requests = requests;
  }

  /** Keeps so many calls in flight until the time is over; counts the CPU time of the processes. */
  Sample run(int inFlight, double seconds, long... pids) {
    var answers = new Answers(inFlight);
    try (var wire = new WireConnection(port, method, token, answers)) {
      double cpuBefore = CpuClock.seconds(pids);
      long begin = System.nanoTime();
      long end = begin + (long) (seconds * 1e9);
      while (System.nanoTime() < end && !answers.hasFailed()) {
        answers.places.acquireUninterruptibly();
        int free = 1;
        while (free < GIVE_AT_ONCE && answers.places.tryAcquire()) {
          free++;
        }
        for (int i = 0; i < free; i++) {
          wire.send(requests.get());
        }
        wire.flush();
      }
      answers.awaitAll(inFlight);
      double took = (System.nanoTime() - begin) / 1e9;
      return new Sample(answers.done.get(), took, CpuClock.seconds(pids) - cpuBefore);
    }
  }

  /**
   * Sends at that rate and yields the times of all calls in microseconds, each counted from the
   * moment it was due.
   */
  Histogram open(double perSecond, double seconds) {
    var answers = new Answers(OUTSTANDING_MAX);
    try (var wire = new WireConnection(port, method, token, answers)) {
      long begin = System.nanoTime();
      long calls = (long) (perSecond * seconds);
      long sent = 0;
      while (sent < calls && !answers.hasFailed()) {
        long now = System.nanoTime();
        while (sent < calls && due(begin, sent, perSecond) <= now) {
          if (!answers.places.tryAcquire()) {
            throw new IllegalStateException(OUTSTANDING_MAX + " calls wait: the rate is too high");
          }
          answers.due.set((int) (sent % OUTSTANDING_MAX), due(begin, sent, perSecond));
          wire.send(requests.get());
          sent++;
        }
        wire.flush();
        LockSupport.parkNanos(due(begin, sent, perSecond) - System.nanoTime());
      }
      answers.awaitAll(OUTSTANDING_MAX);
      return answers.times;
    }
  }

  private static long due(long begin, long call, double perSecond) {
    return begin + (long) (call / perSecond * 1e9);
  }

  private static final class Answers implements WireConnection.Listener {
    private final Semaphore places;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLongArray due = new AtomicLongArray(OUTSTANDING_MAX);
    private final Histogram times = new Histogram(MAX_MICROS, DIGITS);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int come;

    Answers(int places) {
      this.places = new Semaphore(places);
    }

    boolean hasFailed() {
      return failure.get() != null;
    }

    @Override
    public void answered(int call) {
      come++;
      long was = due.get(call % OUTSTANDING_MAX);
      if (was != 0) {
        times.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - was) / 1_000));
      }
    }

    @Override
    public void caughtUp() {
      done.addAndGet(come);
      places.release(come);
      come = 0;
    }

    @Override
    public void failed(Exception why) {
      failure.compareAndSet(null, why);
      places.release(OUTSTANDING_MAX); // nobody waits for what will not come
    }

    void awaitAll(int all) {
      places.acquireUninterruptibly(all);
      Exception failed = failure.get();
      if (failed != null) {
        throw new IllegalStateException("a call failed", failed);
      }
    }
  }
}
