package io.liangjiang.platform.tls;

import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Puts mutual TLS before the HTTP server of a process that only the city's processes call. Quarkus'
 * own setting that asks for client certificates is fixed when an image is built, and would leave no
 * image that also serves a city in the clear.
 */
@ApplicationScoped
@Unremovable
public class TlsHttpServer implements HttpServerOptionsCustomizer {
  private final TlsSettings settings;
  private final MutualTls tls;

  TlsHttpServer(TlsSettings settings, MutualTls tls) {
    this.settings = settings;
    this.tls = tls;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    if (settings.http()) {
      tls.credentials().ifPresent(credentials -> credentials.secure(options));
    }
  }
}
