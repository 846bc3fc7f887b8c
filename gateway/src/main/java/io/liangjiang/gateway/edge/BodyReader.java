package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
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
  private static final Set<String> FIELDS =
      Set.of(
          "application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=utf-8");

  /** What a body must be. */
  private record Form(Set<String> mediaTypes, String name, int maxBytes) {
    void requireShort(int length) {
      if (length > maxBytes) {
        throw tooLarge();
      }
    }

    ServiceException tooLarge() {
      return new ServiceException(GatewayReason.BODY_TOO_LARGE, "the body is too long")
          .with("maxBytes", maxBytes);
    }
  }

  private final EdgeSettings settings;
  private final Vertx vertx;
  private final Form json;

  BodyReader(EdgeSettings settings, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
    this.json =
        new Form(
            Set.of("application/json", "application/json;charset=utf-8"),
            "application/json in UTF-8",
            settings.maxBodyBytes());
  }

  /**
   * Hands the JSON to {@code then}, empty if there is none. Errors, later ones to the exchange:
   * those of bodies.
   */
  void read(Exchange exchange, Consumer<byte[]> then) {
    read(exchange, json, then);
  }

  /** The same for the fields of an HTML form. */
  void readFields(Exchange exchange, int maxBytes, Consumer<byte[]> then) {
    read(exchange, new Form(FIELDS, "an HTML form in UTF-8", maxBytes), then);
  }

  private void read(Exchange exchange, Form form, Consumer<byte[]> then) {
    HttpServerRequest request = exchange.request();
    if (announcesBody(request)) {
      requireMediaType(request, form);
      requireShort(request, form);
    }
    if (mayHaveBody(request)) {
      new Reading(exchange, form, then).start();
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

  private static void requireMediaType(HttpServerRequest request, Form form) {
    String coding = request.getHeader("content-encoding");
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw unsupported("the body must have no content coding");
    }
    if (!form.mediaTypes().contains(mediaType(request.getHeader("content-type")))) {
      throw unsupported("the body must be " + form.name());
    }
  }

  private static void requireShort(HttpServerRequest request, Form form) {
    String length = request.getHeader("content-length");
    if (length != null) {
      form.requireShort(length.length() > MAX_LENGTH_DIGITS ? Integer.MAX_VALUE : bounded(length));
    }
  }

  private static int bounded(String length) {
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(length));
  }

  private static String mediaType(@Nullable String contentType) {
    return contentType == null
        ? ""
        : contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
  }

  private static ServiceException unsupported(String message) {
    return new ServiceException(GatewayReason.UNSUPPORTED_MEDIA_TYPE, message);
  }

  private final class Reading {
    private final Exchange exchange;
    private final Form form;
    private final Consumer<byte[]> then;
    private final long timer;
    private final Buffer body = Buffer.buffer();
    private boolean refused;

    Reading(Exchange exchange, Form form, Consumer<byte[]> then) {
      this.exchange = exchange;
      this.form = form;
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
      if (body.length() + chunk.length() > form.maxBytes()) {
        refused = true;
        exchange.fail(form.tooLarge());
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
        requireMediaType(exchange.request(), form);
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
