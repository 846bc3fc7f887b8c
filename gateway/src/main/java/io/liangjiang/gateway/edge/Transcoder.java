package io.liangjiang.gateway.edge;

import com.google.protobuf.Message;
import io.liangjiang.gateway.call.Answer;
import io.liangjiang.gateway.call.Calls;
import io.liangjiang.gateway.json.JsonWriter;
import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.gateway.request.RequestIds;
import io.liangjiang.gateway.request.RequestReader;
import io.liangjiang.gateway.request.RequestReader.Parts;
import io.liangjiang.gateway.route.Lookup;
import io.liangjiang.gateway.route.Routes;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.File;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP request into the gRPC call that the contract says, and the service's answer into
 * JSON; a file comes as itself.
 */
@Singleton
final class Transcoder {
  private static final String IDEMPOTENCY_KEY = "idempotency-key";

  private final Routes routes;
  private final Callers callers;
  private final BodyReader bodies;
  private final Calls calls;
  private final RequestReader reader;
  private final JsonWriter writer = new JsonWriter();

  Transcoder(
      Routes routes, Callers callers, BodyReader bodies, Calls calls, RequestIds requestIds) {
    this.reader = new RequestReader(requestIds);
    this.routes = routes;
    this.callers = callers;
    this.bodies = bodies;
    this.calls = calls;
    routes.all().forEach(route -> calls.requireChannel(route.rpc()));
  }

  /** The route of a request. */
  Lookup find(HttpServerRequest request) {
    return routes.find(request.method().name(), request.path());
  }

  /**
   * Serves a request, sooner or later. Errors: everything that can be said before the body is here.
   */
  void serve(Lookup lookup, Exchange exchange) {
    switch (lookup) {
      case Lookup.Found found -> admit(found, exchange);
      case Lookup.WrongMethod wrong -> {
        exchange.header("allow", String.join(", ", wrong.allowed()));
        throw new ServiceException(
            GatewayReason.METHOD_NOT_ALLOWED, "this path knows other methods only");
      }
      case Lookup.Malformed() ->
          throw new ServiceException(
              GatewayReason.MALFORMED_URL, "the path is not percent-encoded UTF-8");
      case Lookup.Missing() ->
          throw new ServiceException(GatewayReason.ROUTE_NOT_FOUND, "there is no such path");
    }
  }

  private void admit(Lookup.Found found, Exchange exchange) {
    HttpServerRequest request = exchange.request();
    Caller caller = callers.admit(request.getHeader("authorization"), found.route().rpc().access());
    if (!found.route().takesBody() && BodyReader.announcesBody(request)) {
      throw new ServiceException(GatewayReason.BODY_NOT_ALLOWED, "this request takes no body");
    }
    bodies.read(exchange, body -> call(found, caller, body, exchange));
  }

  private void call(Lookup.Found found, Caller caller, byte[] body, Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String query = request.query();
    String key = idempotencyKey(request);
    Message message =
        reader.read(found, new Parts(query == null ? "" : query, body, key, caller.requestScope()));
    var call =
        new Calls.Call(
            found.route().rpc(),
            message,
            UpstreamHeaders.of(exchange, caller),
            found.route().isSafe() || key != null);
    var ongoing = calls.start(call, new ToExchange(exchange));
    exchange.whenGone(ongoing::cancel);
  }

  private static @Nullable String idempotencyKey(HttpServerRequest request) {
    List<String> keys = request.headers().getAll(IDEMPOTENCY_KEY);
    if (keys.size() > 1) {
      throw new ServiceException(
          GatewayReason.INVALID_IDEMPOTENCY_KEY, "there are two Idempotency-Key headers");
    }
    return keys.isEmpty() ? null : keys.getFirst();
  }

  private final class ToExchange implements Answer {
    private final Exchange exchange;

    ToExchange(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void succeeded(Message message) {
      exchange.guard(
          () -> {
            if (message instanceof File file) {
              exchange.answer(FileAnswer.of(file));
            } else {
              exchange.answer(writer.write(message));
            }
          });
    }

    @Override
    public void failed(Throwable failure) {
      exchange.fail(failure);
    }
  }
}
