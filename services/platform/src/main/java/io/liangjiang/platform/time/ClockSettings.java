package io.liangjiang.platform.time;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What day it is in a city that is tried out. */
@ConfigMapping(prefix = "liangjiang.clock")
interface ClockSettings {
  /** By how much the city's time is before (below zero) or after the machine's. */
  @WithDefault("PT0S")
  Duration offset();
}
