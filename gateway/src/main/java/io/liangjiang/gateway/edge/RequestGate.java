package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.request.RequestIds;
import io.liangjiang.gateway.route.Rpc;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Where every request comes in: it gets its id and headers, is counted and is timed. */
@Singleton
final class RequestGate {
  private final RequestIds ids;
  private final SecurityHeaders security;
  private final InFlight inFlight;
  private final RequestTimers timers;

  RequestGate(RequestIds ids, SecurityHeaders security, InFlight inFlight, RequestTimers timers) {
    this.ids = ids;
    this.security = security;
    this.inFlight = inFlight;
    this.timers = timers;
  }

  /** The exchange of a request; it is timed from here on, under the RPC if there is one. */
  Exchange open(RoutingContext http, @Nullable Rpc rpc) {
    long start = System.nanoTime();
    var exchange = new Exchange(http, ids.next(), security);
    var timed = new AtomicBoolean();
    exchange.whenOver(
        () -> {
          if (timed.compareAndSet(false, true)) {
            timers.record(rpc, exchange.status(), System.nanoTime() - start);
          }
        });
    return exchange;
  }

  /** Counts the exchange among those in hand. Errors: GATEWAY_OVERLOADED. */
  void enter(Exchange exchange) {
    inFlight.enter(exchange);
  }
}
