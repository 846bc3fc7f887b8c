package io.liangjiang.platform.memory;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shrinks the heap once after it has grown, when the process has come to rest: the serial
 * collector, which the JVM chooses in small containers, else keeps what a start or a burst has
 * taken. At rest means a few collections at most between two looks, which is what timers and probes
 * bring about; a small heap, and one that has not grown since, are left alone.
 */
@ApplicationScoped
public class IdleHeap {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);
  private static final int COLLECTIONS_AT_REST = 4;
  private static final long WORTH_IT_BYTES = 8L << 20;
  private static final long NO_LESS_BYTES = 16L << 20;

  private final LongSupplier collections;
  private final LongSupplier committedBytes;
  private final Runnable collect;
  private long collectionsSeen = Long.MIN_VALUE / 2;
  private long bytesAtRest = NO_LESS_BYTES;

  @Inject
  IdleHeap() {
    this(
        IdleHeap::collections,
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(),
        System::gc);
  }

  IdleHeap(LongSupplier collections, LongSupplier committedBytes, Runnable collect) {
    this.collections = collections;
    this.committedBytes = committedBytes;
    this.collect = collect;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(BETWEEN_LOOKS.toMillis(), due -> look());
  }

  /** By one thread, from time to time. */
  void look() {
    long now = collections.getAsLong();
    boolean atRest = now - collectionsSeen <= COLLECTIONS_AT_REST;
    if (atRest && committedBytes.getAsLong() - bytesAtRest >= WORTH_IT_BYTES) {
      collect.run();
      bytesAtRest = committedBytes.getAsLong();
      now = collections.getAsLong();
    }
    collectionsSeen = now;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
