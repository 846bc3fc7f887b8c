package io.liangjiang.platform.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the shared tables keep what was told and what was asked. */
@ConfigMapping(prefix = "liangjiang.retention")
public interface RetentionSettings {
  /**
   * How long events can be read. Longer than any consumer is away, and than the city can be set
   * back to a backup: from there it reads again. Backups are kept for 30 days by default.
   */
  @WithDefault("35d")
  Duration events();

  /**
   * How long the same request gets the same answer. Longer than any client sends one again; a
   * service that was set back to a backup sends again what it sent since.
   */
  @WithDefault("35d")
  Duration requests();

  /** How often each replica looks for what is too old; "off" for never. */
  @WithDefault("1m")
  String sweepEvery();
}
