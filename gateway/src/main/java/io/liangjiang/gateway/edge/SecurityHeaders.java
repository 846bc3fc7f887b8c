package io.liangjiang.gateway.edge;

import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Headers of every answer: nothing is sniffed, framed, run or kept, because answers are one
 * person's data.
 */
@Singleton
final class SecurityHeaders {
  private final @Nullable String hsts;

  SecurityHeaders(EdgeSettings settings) {
    this.hsts =
        settings
            .hstsMaxAge()
            .map(age -> "max-age=" + age.toSeconds() + "; includeSubDomains")
            .orElse(null);
  }

  void addTo(MultiMap headers) {
    headers.set("x-content-type-options", "nosniff");
    headers.set("cache-control", "no-store");
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("referrer-policy", "no-referrer");
    if (hsts != null) {
      headers.set("strict-transport-security", hsts);
    }
  }
}
