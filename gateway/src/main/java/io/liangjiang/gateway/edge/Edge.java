package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.route.Lookup;
import io.liangjiang.gateway.route.Rpc;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Takes every request that is not for Quarkus' own paths below /q. */
@Singleton
final class Edge {
  private static final int AFTER_QUARKUS = 30_000;

  private final Transcoder transcoder;
  private final Documents documents;
  private final Passage passage;
  private final BodyReader bodies;
  private final RequestGate gate;

  Edge(
      Transcoder transcoder,
      Documents documents,
      Passage passage,
      BodyReader bodies,
      RequestGate gate) {
    this.transcoder = transcoder;
    this.documents = documents;
    this.passage = passage;
    this.bodies = bodies;
    this.gate = gate;
  }

  void register(@Observes Router router) {
    documents.register(router);
    passage.register(router);
    router.route().order(AFTER_QUARKUS).handler(this::handle);
  }

  private void handle(RoutingContext http) {
    Lookup lookup = transcoder.find(http.request());
    Rpc rpc = lookup instanceof Lookup.Found found ? found.route().rpc() : null;
    Exchange exchange = gate.open(http, rpc);
    try {
      gate.enter(exchange);
      transcoder.serve(lookup, exchange);
    } catch (RuntimeException failure) {
      bodies.drop(exchange);
      exchange.fail(failure);
    }
  }
}
