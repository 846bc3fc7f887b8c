package io.liangjiang.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the edge takes and what it says about itself. */
@ConfigMapping(prefix = "liangjiang.gateway.http")
public interface EdgeSettings {
  /** The longest body, in bytes. */
  @WithDefault("1048576")
  int maxBodyBytes();

  /** How long a body may take to arrive. */
  @WithDefault("15s")
  Duration bodyTimeout();

  /** How many requests may be in hand at once; the next one is told to come back. */
  @WithDefault("2000")
  int maxInFlight();

  /** How long browsers shall use HTTPS only (Strict-Transport-Security); not said when absent. */
  Optional<Duration> hstsMaxAge();

  /** How long the identity service's keys are kept for others who ask. */
  @WithDefault("30s")
  Duration keysMaxAge();
}
