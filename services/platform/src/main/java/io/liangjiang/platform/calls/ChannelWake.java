package io.liangjiang.platform.calls;

import io.grpc.InternalChannelz;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the channels of this process look for who is away now. By themselves they pause longer after
 * every failure, up to two minutes, while the service that restarted, or the name that was new, is
 * there. Quarkus keeps its channels to itself, so they are found in gRPC's own register of what
 * runs; those that are connected notice nothing.
 */
final class ChannelWake {
  /** Below what the repetitions of a call take together: each call has one that looks anew. */
  private static final long MIN_NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MAX_CHANNELS = 64;

  private final AtomicLong last = new AtomicLong(System.nanoTime() - MIN_NANOS_BETWEEN);

  /** Wakes them unless that was done just now: many calls fail at once. */
  void wake() {
    long before = last.get();
    long now = System.nanoTime();
    if (now - before >= MIN_NANOS_BETWEEN && last.compareAndSet(before, now)) {
      channels().forEach(ManagedChannel::resetConnectBackoff);
    }
  }

  static List<ManagedChannel> channels() {
    return InternalChannelz.instance().getRootChannels(0, MAX_CHANNELS).channels.stream()
        .filter(ManagedChannel.class::isInstance)
        .map(ManagedChannel.class::cast)
        .toList();
  }
}
