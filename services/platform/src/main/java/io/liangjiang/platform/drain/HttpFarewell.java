package io.liangjiang.platform.drain;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends HTTP callers elsewhere while they are still answered, during {@code
 * quarkus.shutdown.delay}: GOAWAY on HTTP/2, {@code Connection: close} on HTTP/1. Whoever comes
 * after the delay is refused by Quarkus with 503, no reason, and over HTTP/2 a header that is
 * forbidden there.
 */
@ApplicationScoped
public class HttpFarewell {
  private static final int BEFORE_OTHERS = 1_000;
  private static final long NO_ERROR = 0;

  private final Set<HttpConnection> known = ConcurrentHashMap.newKeySet();
  private volatile boolean begun;

  void register(@Observes Filters filters) {
    filters.register(this::meet, BEFORE_OTHERS);
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    begun = true;
    known.forEach(HttpFarewell::sayGoodbye);
  }

  private void meet(RoutingContext http) {
    if (http.request().version() == HttpVersion.HTTP_2) {
      remember(http.request().connection());
    } else if (begun) {
      http.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    http.next();
  }

  private void remember(HttpConnection connection) {
    if (known.add(connection)) {
      connection.closeHandler(closed -> known.remove(connection));
      if (begun) {
        sayGoodbye(connection);
      }
    }
  }

  /**
   * No new requests, says GOAWAY, but what is on its way is answered: the caller ends the
   * connection. Ended by us, a request that crosses the news would be lost.
   */
  private static void sayGoodbye(HttpConnection connection) {
    connection.goAway(NO_ERROR, Integer.MAX_VALUE);
  }
}
