package io.liangjiang.gateway.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How ended sessions are remembered. */
@ConfigMapping(prefix = "liangjiang.gateway.revocations")
public interface RevocationSettings {
  /** How long access tokens live at most; identity's setting, 10 minutes there as well. */
  @WithDefault("10m")
  Duration tokenLife();

  /** After how long the feed is asked for anew, in case its connection died in silence. */
  @WithDefault("30s")
  Duration subscriptionLife();

  /** How many ended sessions are remembered; beyond that the least asked for are forgotten. */
  @WithDefault("200000")
  int maxSessions();
}
