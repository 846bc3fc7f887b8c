package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bodies of requests within limits of length and time. The rest of a refused body is read
 * and dropped until the time is over, so that the client reads the refusal and not a reset
 * connection.
 */
@Singleton
final class BodyReader {
  private static final int MAX_LENGTH_DIGITS = 18;
  private static final byte[] EMPTY = new byte[0];

  private final EdgeSettings settings;
  private final Vertx vertx;

  BodyReader(EdgeSettings settings, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
  }

  /**
   * Hands the body to {@code then}, empty if there is none. Errors, later ones to the exchange:
   * those of bodies.
   */
  void read(Exchange exchange, Consumer<byte[]> then) {
    HttpServerRequest request = exchange.request();
    if (announcesBody(request)) {
      requireJson(request);
      requireShort(request);
    }
    if (mayHaveBody(request)) {
      new Reading(exchange, then).start();
    } else {
      request.resume();
      exchange.guard(() -> then.accept(EMPTY));
    }
  }

  /** Reads no body: there is none, or nobody wants it. */
  void drop(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (mayHaveBody(request)) {
      long timer =
          vertx.setTimer(
              settings.bodyTimeout().toMillis(),
              late -> {
                var unused = request.connection().close();
              });
      request.handler(chunk -> {});
      request.endHandler(end -> vertx.cancelTimer(timer));
      request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    }
    request.resume();
  }

  /** Whether the headers say that a body comes. */
  static boolean announcesBody(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return length == null ? request.headers().contains("transfer-encoding") : !length.equals("0");
  }

  /** In HTTP/2 a body needs no announcement. */
  private static boolean mayHaveBody(HttpServerRequest request) {
    return announcesBody(request)
        || (request.version() == HttpVersion.HTTP_2 && request.getHeader("content-length") == null);
  }

  private static void requireJson(HttpServerRequest request) {
    String coding = request.getHeader("content-encoding");
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw unsupported("the body must have no content coding");
    }
    if (!isJson(request.getHeader("content-type"))) {
      throw unsupported("the body must be application/json in UTF-8");
    }
  }

  private void requireShort(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    boolean tooLong =
        length != null
            && (length.length() > MAX_LENGTH_DIGITS
                || Long.parseLong(length) > settings.maxBodyBytes());
    if (tooLong) {
      throw tooLarge();
    }
  }

  private ServiceException tooLarge() {
    return new ServiceException(GatewayReason.BODY_TOO_LARGE, "the body is too long")
        .with("maxBytes", settings.maxBodyBytes());
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
    return lower.equals("application/json") || lower.equals("application/json;charset=utf-8");
  }

  private static ServiceException unsupported(String message) {
    return new ServiceException(GatewayReason.UNSUPPORTED_MEDIA_TYPE, message);
  }

  private final class Reading {
    private final Exchange exchange;
    private final Consumer<byte[]> then;
    private final long timer;
    private final Buffer body = Buffer.buffer();
    private boolean refused;

    Reading(Exchange exchange, Consumer<byte[]> then) {
      this.exchange = exchange;
      this.then = then;
      this.timer = vertx.setTimer(settings.bodyTimeout().toMillis(), t -> late());
    }

    void start() {
      HttpServerRequest request = exchange.request();
      request.handler(this::take);
      request.endHandler(end -> complete());
      request.exceptionHandler(gone -> vertx.cancelTimer(timer));
      request.resume();
    }

    private void take(Buffer chunk) {
      if (refused) {
        return;
      }
      if (body.length() + chunk.length() > settings.maxBodyBytes()) {
        refused = true;
        exchange.fail(tooLarge());
      } else {
        body.appendBuffer(chunk);
      }
    }

    private void complete() {
      vertx.cancelTimer(timer);
      if (!refused) {
        exchange.guard(this::handOver);
      }
    }

    private void handOver() {
      if (body.length() > 0) {
        requireJson(exchange.request());
      }
      then.accept(body.getBytes());
    }

    private void late() {
      if (!refused) {
        refused = true;
        exchange.header("connection", "close");
        exchange.fail(
            new ServiceException(GatewayReason.BODY_TIMEOUT, "the body did not arrive in time"));
      }
      var unused = exchange.request().connection().close();
    }
  }
}
