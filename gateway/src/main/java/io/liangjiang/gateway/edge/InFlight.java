package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests in hand and takes no more than a limit: what waits too long is asked for
 * again, which makes it worse.
 */
@Singleton
final class InFlight {
  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final int limit;
  private final AtomicInteger count;

  InFlight(EdgeSettings settings, MeterRegistry meters) {
    this.limit = settings.maxInFlight();
    this.count = meters.gauge("liangjiang.gateway.requests.in.flight", new AtomicInteger());
  }

  /** Counts the exchange until it is over. Errors: GATEWAY_OVERLOADED. */
  void enter(Exchange exchange) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      throw new ServiceException(GatewayReason.GATEWAY_OVERLOADED, "too many requests at once")
          .retryAfter(COME_BACK);
    }
    var counted = new AtomicBoolean(true);
    exchange.whenOver(
        () -> {
          if (counted.compareAndSet(true, false)) {
            count.decrementAndGet();
          }
        });
  }
}
