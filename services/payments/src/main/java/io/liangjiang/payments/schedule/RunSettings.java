package io.liangjiang.payments.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** When merchants are settled and paid out. */
@ConfigMapping(prefix = "liangjiang.payments.runs")
interface RunSettings {
  /** Time of day in Asia/Shanghai. */
  @WithDefault("06:00")
  LocalTime time();

  /** How long a replica that says nothing keeps a run from the others. */
  @WithDefault("PT10M")
  Duration lease();
}
