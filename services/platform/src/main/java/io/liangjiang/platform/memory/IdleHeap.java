package io.liangjiang.platform.memory;

import com.sun.management.ThreadMXBean;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shrinks the heap once after it has grown, when the process has come to rest: the serial
 * collector, which the JVM chooses in small containers, else keeps what a start or a burst has
 * taken. At rest means that little was allocated between two looks, as timers and probes do: a
 * large heap may serve many callers between two collections. A small heap, and one that has not
 * grown since, are left alone, and so is one whose allocation the JVM does not count.
 */
@ApplicationScoped
public class IdleHeap {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
  private static final long AT_REST_BYTES = 16L << 20;
  private static final long WORTH_IT_BYTES = 8L << 20;
  private static final long NO_LESS_BYTES = 16L << 20;

  private final LongSupplier allocatedBytes;
  private final LongSupplier committedBytes;
  private final Runnable collect;
  private long allocatedBefore = Long.MIN_VALUE / 2;
  private long bytesAtRest = NO_LESS_BYTES;

  @Inject
  IdleHeap() {
    this(
        IdleHeap::allocated,
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(),
        System::gc);
  }

  IdleHeap(LongSupplier allocatedBytes, LongSupplier committedBytes, Runnable collect) {
    this.allocatedBytes = allocatedBytes;
    this.committedBytes = committedBytes;
    this.collect = collect;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (allocated() >= 0) {
      vertx.setPeriodic(BETWEEN_LOOKS.toMillis(), due -> look());
    }
  }

  /** By one thread, from time to time. */
  void look() {
    long now = allocatedBytes.getAsLong();
    boolean atRest = now - allocatedBefore <= AT_REST_BYTES;
    if (atRest && committedBytes.getAsLong() - bytesAtRest >= WORTH_IT_BYTES) {
      collect.run();
      bytesAtRest = committedBytes.getAsLong();
    }
    allocatedBefore = now;
  }

  /** Since the start, by all threads; negative where nobody counts. */
  private static long allocated() {
    try {
      return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
          ? threads.getTotalThreadAllocatedBytes()
          : -1;
    } catch (UnsupportedOperationException e) {
      return -1;
    }
  }
}
