package io.liangjiang.platform.caller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How tokens are checked. */
@ConfigMapping(prefix = "liangjiang.tokens")
public interface TokenSettings {
  /** The one issuer that is trusted. */
  @WithDefault("https://liangjiang.local")
  String issuer();

  /** Where the issuer publishes its keys (a JWK Set, RFC 7517). */
  @WithDefault("http://localhost:9001/.well-known/jwks.json")
  String jwksUrl();

  /** The keys themselves, instead of an address. */
  Optional<String> jwks();

  /** How often the keys are fetched again. */
  @WithDefault("30s")
  Duration refreshInterval();

  /** How many verified tokens are remembered, each until it expires. */
  @WithDefault("20000")
  int cacheSize();
}
