package io.liangjiang.identity.signing;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Publishes the keys where verifiers look for them (RFC 8414, jwks_uri). */
@ApplicationScoped
public class JwksRoute {
  private static final Logger LOG = Logger.getLogger(JwksRoute.class);
  private static final String PATH = "/.well-known/jwks.json";

  private final SigningKeys keys;

  JwksRoute(SigningKeys keys) {
    this.keys = keys;
  }

  void register(@Observes Router router) {
    router.get(PATH).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    keys.current()
        .subscribe()
        .with(
            ring ->
                context
                    .response()
                    .putHeader("Content-Type", "application/jwk-set+json")
                    .putHeader("Cache-Control", "public, max-age=30")
                    .end(ring.jwks()),
            e -> {
              LOG.warnf("the signing keys could not be read: %s", e.getMessage());
              context.response().setStatusCode(503).putHeader("Retry-After", "1").end();
            });
  }
}
