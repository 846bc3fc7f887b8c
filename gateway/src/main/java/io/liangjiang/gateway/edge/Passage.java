package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.tls.MutualTls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets browsers and guests' servers through to identity's endpoints of OpenID Connect, which speak
 * forms and redirects and not the contracts' JSON. Only the listed paths, methods and headers pass;
 * of the cookies only the one that identity sets. Redirects are passed on, never followed; where
 * they lead is identity's to check.
 */
@Singleton
final class Passage {
  private static final Duration COME_BACK = Duration.ofSeconds(1);
  private static final int MAX_ANSWER_BYTES = 262_144;
  private static final Set<HttpMethod> GET = Set.of(HttpMethod.GET);
  private static final Set<HttpMethod> POST = Set.of(HttpMethod.POST);
  private static final Set<HttpMethod> BOTH = Set.of(HttpMethod.GET, HttpMethod.POST);
  private static final Map<String, Set<HttpMethod>> WAYS =
      Map.of(
          "/.well-known/openid-configuration", GET,
          "/oauth2/authorize", BOTH,
          "/oauth2/authorize/:code", BOTH,
          "/oauth2/token", POST,
          "/oauth2/userinfo", BOTH,
          "/oauth2/revoke", POST,
          "/oauth2/introspect", POST,
          "/oauth2/end-session", BOTH);

  /** What the paths above look like; nothing encoded, nothing that climbs. */
  private static final Pattern PATH =
      Pattern.compile("/[a-z0-9.-]+/[a-z-]+|/oauth2/authorize/[A-Za-z-]{1,20}");

  private static final Pattern COOKIE = Pattern.compile("(__Secure-)?authorization=[A-Za-z0-9_-]+");
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "accept",
          "accept-language",
          "authorization",
          "content-type",
          "traceparent",
          "tracestate");
  private static final List<String> ANSWER_HEADERS =
      List.of(
          "cache-control",
          "content-security-policy",
          "content-type",
          "location",
          "pragma",
          "retry-after",
          "set-cookie",
          "www-authenticate");

  private final HttpClient client;
  private final PassageSettings settings;
  private final BodyReader bodies;
  private final RequestGate gate;

  Passage(
      Vertx vertx, MutualTls tls, PassageSettings settings, BodyReader bodies, RequestGate gate) {
    // Not traced: paths and queries hold codes.
    this.client =
        vertx.createHttpClient(
            tls.within(new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE)));
    this.settings = settings;
    this.bodies = bodies;
    this.gate = gate;
  }

  void register(Router router) {
    WAYS.forEach((path, methods) -> router.route(path).handler(http -> handle(http, methods)));
  }

  private void handle(RoutingContext http, Set<HttpMethod> methods) {
    Exchange exchange = gate.open(http, null);
    try {
      gate.enter(exchange);
      requireWay(exchange, methods);
      bodies.readFields(exchange, settings.maxBodyBytes(), body -> pass(exchange, body));
    } catch (RuntimeException refusal) {
      bodies.drop(exchange);
      exchange.fail(refusal);
    }
  }

  private static void requireWay(Exchange exchange, Set<HttpMethod> methods) {
    HttpServerRequest request = exchange.request();
    if (!PATH.matcher(request.path()).matches()) {
      throw new ServiceException(GatewayReason.ROUTE_NOT_FOUND, "there is no such path");
    }
    if (!methods.contains(request.method())) {
      exchange.header(
          "allow",
          methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
      throw new ServiceException(
          GatewayReason.METHOD_NOT_ALLOWED, "this path knows other methods only");
    }
    if (request.method().equals(HttpMethod.GET) && BodyReader.announcesBody(request)) {
      throw new ServiceException(GatewayReason.BODY_NOT_ALLOWED, "this request takes no body");
    }
  }

  private void pass(Exchange exchange, byte[] body) {
    HttpServerRequest request = exchange.request();
    var options =
        new RequestOptions()
            .setMethod(request.method())
            .setAbsoluteURI(settings.identityUrl() + address(request))
            .setFollowRedirects(false)
            .setTimeout(settings.timeout().toMillis());
    client
        .request(options)
        .compose(to -> send(exchange, to, body))
        .compose(answer -> take(answer).onSuccess(all -> pass(exchange, answer, all)))
        .onFailure(failure -> exchange.fail(away()));
  }

  private static String address(HttpServerRequest request) {
    String query = request.query();
    return query == null ? request.path() : request.path() + "?" + query;
  }

  private static Future<HttpClientResponse> send(
      Exchange exchange, HttpClientRequest to, byte[] body) {
    HttpServerRequest from = exchange.request();
    for (String name : REQUEST_HEADERS) {
      List<String> values = from.headers().getAll(name);
      if (!values.isEmpty()) {
        to.putHeader(name, values);
      }
    }
    String cookies = cookies(from);
    if (!cookies.isEmpty()) {
      to.putHeader("cookie", cookies);
    }
    to.putHeader(Exchange.REQUEST_ID, exchange.id());
    if (from.remoteAddress() != null) {
      to.putHeader("x-client-address", from.remoteAddress().hostAddress());
    }
    return body.length == 0 ? to.send() : to.send(Buffer.buffer(body));
  }

  private static String cookies(HttpServerRequest from) {
    return from.headers().getAll("cookie").stream()
        .flatMap(header -> Arrays.stream(header.split(";", -1)))
        .map(String::trim)
        .filter(pair -> COOKIE.matcher(pair).matches())
        .collect(Collectors.joining("; "));
  }

  private static Future<Buffer> take(HttpClientResponse answer) {
    Promise<Buffer> taken = Promise.promise();
    Buffer all = Buffer.buffer();
    answer.exceptionHandler(taken::tryFail);
    answer.endHandler(end -> taken.tryComplete(all));
    answer.handler(
        part -> {
          all.appendBuffer(part);
          if (all.length() > MAX_ANSWER_BYTES) {
            taken.tryFail("the answer is too long");
            var unused = answer.request().reset();
          }
        });
    return taken.future();
  }

  private static void pass(Exchange exchange, HttpClientResponse answer, Buffer body) {
    for (String name : ANSWER_HEADERS) {
      List<String> values = answer.headers().getAll(name);
      if (!values.isEmpty()) {
        exchange.header(name, values);
      }
    }
    exchange.pass(answer.statusCode(), body.getBytes());
  }

  private static ServiceException away() {
    return new ServiceException(PlatformReason.UNAVAILABLE, "identity is away for the moment")
        .retryAfter(COME_BACK);
  }
}
