package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.route.Rpc;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures requests by RPC and HTTP status; never by path, of which there are as many as there are
 * ids.
 */
@Singleton
final class RequestTimers {
  private static final String NO_RPC = "none";

  private record Key(String rpc, int status) {}

  private final MeterRegistry meters;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  RequestTimers(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Notes a request that is over. */
  void record(@Nullable Rpc rpc, int status, long nanos) {
    var key = new Key(rpc == null ? NO_RPC : rpc.call().getFullMethodName(), status);
    timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("liangjiang.gateway.requests")
        .description("requests at the edge, from headers to answer")
        .tag("rpc", key.rpc)
        .tag("status", Integer.toString(key.status))
        .publishPercentileHistogram()
        .register(meters);
  }
}
