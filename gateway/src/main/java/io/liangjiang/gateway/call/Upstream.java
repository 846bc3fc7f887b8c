package io.liangjiang.gateway.call;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The way to one service. */
final class Upstream {
  private static final long MIN_NANOS_BETWEEN_WAKES = TimeUnit.MILLISECONDS.toNanos(100);

  private final Channel channel;
  private final AtomicLong wokenNanos = new AtomicLong(System.nanoTime());

  Upstream(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /**
   * Lets the channel try to connect now. By itself it pauses longer after every failure, up to two
   * minutes, while the service that restarted is there again; the pause is ours to choose, because
   * we know that somebody waits.
   */
  void wake() {
    long last = wokenNanos.get();
    long now = System.nanoTime();
    if (channel instanceof ManagedChannel managed
        && now - last >= MIN_NANOS_BETWEEN_WAKES
        && wokenNanos.compareAndSet(last, now)) {
      managed.resetConnectBackoff();
    }
  }
}
