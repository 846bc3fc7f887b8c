package io.liangjiang.gateway.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long and how often services are called. */
@ConfigMapping(prefix = "liangjiang.gateway.calls")
public interface CallSettings {
  /**
   * How long a request may take in services, repetitions included; below the 60 seconds that a
   * mini-program waits.
   */
  @WithDefault("10s")
  Duration deadline();

  /** How often a call that can be repeated is sent again when the service is away. */
  @WithDefault("3")
  int maxRetries();

  /** The mean pause before the first repetition; it doubles with each. */
  @WithDefault("100ms")
  Duration retryPause();
}
