package io.liangjiang.platform.drain;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends HTTP callers elsewhere while they are still answered, during {@code
 * quarkus.shutdown.delay}: GOAWAY on HTTP/2; on HTTP/1 {@code Connection: close} with every answer,
 * and, from half of the delay on, an end to the connections on which nothing is asked, since no
 * answer tells them. Whoever comes after the delay is refused by Quarkus with 503, no reason, and
 * over HTTP/2 a header that is forbidden there.
 */
@ApplicationScoped
public class HttpFarewell {
  private static final int BEFORE_OTHERS = 1_000;
  private static final long NO_ERROR = 0;

  private final Vertx vertx;
  private final Duration delay;
  private final Map<HttpConnection, Standing> known = new ConcurrentHashMap<>();
  private volatile boolean begun;
  private volatile boolean ending;

  HttpFarewell(
      Vertx vertx,
      @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0s") Duration delay) {
    this.vertx = vertx;
    this.delay = delay;
  }

  void register(@Observes Filters filters) {
    filters.register(this::meet, BEFORE_OTHERS);
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    begun = true;
    known.values().stream().filter(Standing::isHttp2).forEach(Standing::sayGoodbye);
    vertx.setTimer(Math.max(1, delay.dividedBy(2).toMillis()), timer -> endIdle());
  }

  private void endIdle() {
    ending = true;
    known.values().stream().filter(standing -> !standing.isHttp2()).forEach(Standing::endWhenIdle);
  }

  private void meet(RoutingContext http) {
    Standing standing = standing(http);
    standing.asked();
    http.addEndHandler(
        answered -> {
          standing.answered();
          if (ending && !standing.isHttp2()) {
            standing.endWhenIdle();
          }
        });
    if (!standing.isHttp2()) {
      http.addHeadersEndHandler(
          headers -> {
            // Seen now and not at the request, which may have come before the end began.
            if (begun) {
              http.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
          });
    }
    http.next();
  }

  private Standing standing(RoutingContext http) {
    HttpConnection connection = http.request().connection();
    Standing standing = known.get(connection);
    if (standing == null) {
      standing = new Standing(connection, http.request().version() == HttpVersion.HTTP_2);
      known.put(connection, standing);
      connection.closeHandler(closed -> known.remove(connection));
      if (begun && standing.isHttp2()) {
        standing.sayGoodbye();
      }
    }
    return standing;
  }

  /** A connection, and how many requests on it have no whole answer yet. */
  private static final class Standing {
    private final HttpConnection connection;
    private final boolean http2;
    private final AtomicInteger open = new AtomicInteger();

    Standing(HttpConnection connection, boolean http2) {
      this.connection = connection;
      this.http2 = http2;
    }

    boolean isHttp2() {
      return http2;
    }

    void asked() {
      open.incrementAndGet();
    }

    void answered() {
      open.decrementAndGet();
    }

    void endWhenIdle() {
      if (open.get() == 0) {
        connection.close();
      }
    }

    /**
     * No new requests, says GOAWAY, but what is on its way is answered: the caller ends the
     * connection. Ended by us, a request that crosses the news would be lost.
     */
    void sayGoodbye() {
      connection.goAway(NO_ERROR, Integer.MAX_VALUE);
    }
  }
}
