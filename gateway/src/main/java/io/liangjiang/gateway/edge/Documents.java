package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.openapi.OpenApiDocument;
import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.Consumer;

/** The documents for machines: the OpenAPI document and the issuer's keys. */
@Singleton
final class Documents {
  private static final String YAML = "application/yaml";
  private static final String JSON = "application/json";
  private static final String JWKS = "application/jwk-set+json";

  private final OpenApiDocument openApi;
  private final IssuerKeys keys;
  private final BodyReader bodies;
  private final RequestGate gate;

  Documents(OpenApiDocument openApi, IssuerKeys keys, BodyReader bodies, RequestGate gate) {
    this.openApi = openApi;
    this.keys = keys;
    this.bodies = bodies;
    this.gate = gate;
  }

  void register(Router router) {
    add(router, "/openapi", this::negotiated);
    add(router, "/openapi.json", this::json);
    add(router, "/openapi.yaml", this::yaml);
    add(router, "/.well-known/jwks.json", this::keys);
  }

  private void add(Router router, String path, Consumer<Exchange> document) {
    router.route(path).handler(http -> handle(http, document));
  }

  private void handle(RoutingContext http, Consumer<Exchange> document) {
    Exchange exchange = gate.open(http, null);
    bodies.drop(exchange);
    exchange.guard(
        () -> {
          if (!http.request().method().equals(HttpMethod.GET)) {
            exchange.header("allow", "GET");
            throw new ServiceException(
                GatewayReason.METHOD_NOT_ALLOWED, "this path knows other methods only");
          }
          document.accept(exchange);
        });
  }

  /**
   * {@code ?format=yaml} or {@code Accept: application/yaml} asks for YAML; JSON is the default.
   */
  private void negotiated(Exchange exchange) {
    String query = "&" + exchange.request().query() + "&";
    String accept = exchange.request().getHeader("accept");
    boolean prefersYaml = accept != null && accept.toLowerCase(Locale.ROOT).contains("yaml");
    boolean yaml = query.contains("&format=yaml&") || (prefersYaml && !query.contains("&format="));
    if (yaml) {
      yaml(exchange);
    } else {
      json(exchange);
    }
  }

  private void json(Exchange exchange) {
    exchange.answer(openApi.json(), JSON);
  }

  private void yaml(Exchange exchange) {
    exchange.answer(openApi.yaml(), YAML);
  }

  private void keys(Exchange exchange) {
    keys.json()
        .onSuccess(
            json -> {
              exchange.header("cache-control", "public, max-age=" + keys.maxAge().toSeconds());
              exchange.answer(json, JWKS);
            })
        .onFailure(exchange::fail);
  }
}
