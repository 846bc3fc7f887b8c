package io.liangjiang.platform.calls;

import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Says once in the log that a service cannot be reached, and once that it answers again. One whose
 * replicas come and go is told of once a minute at most.
 */
final class Reachability {
  private static final Logger LOG = Logger.getLogger(OutgoingCalls.class);
  private static final long MIN_NANOS_BETWEEN = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_REASON = 300;

  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  Reachability(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A call did not get to the service, or its connection broke. */
  void lost(String authority, Status status) {
    Peer peer = peers.computeIfAbsent(authority, any -> new Peer(nanoTime.getAsLong()));
    if (peer.isNews(nanoTime.getAsLong())) {
      LOG.warnf("%s cannot be reached: %s", authority, reason(status));
    }
  }

  /** The service answered, whatever it said. */
  void reached(String authority) {
    Peer peer = peers.get(authority);
    if (peer != null && peer.isBack()) {
      LOG.infof("%s answers again", authority);
    }
  }

  /** In one line: gRPC's words, and those of what is behind them, without their trace. */
  private static String reason(Status status) {
    Throwable cause = status.getCause();
    String words = status.getDescription() == null ? "no word of it" : status.getDescription();
    String line = (cause == null ? words : words + " (" + cause + ")").replaceAll("\\s+", " ");
    return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) : line;
  }

  /** One service, and whether the log says that it is away. */
  private static final class Peer {
    private volatile boolean toldAway;
    private long toldNanos;

    Peer(long now) {
      toldNanos = now - MIN_NANOS_BETWEEN;
    }

    synchronized boolean isNews(long now) {
      if (toldAway || now - toldNanos < MIN_NANOS_BETWEEN) {
        return false;
      }
      toldAway = true;
      toldNanos = now;
      return true;
    }

    boolean isBack() {
      return toldAway && endsBeingAway();
    }

    private synchronized boolean endsBeingAway() {
      boolean wasAway = toldAway;
      toldAway = false;
      return wasAway;
    }
  }
}
