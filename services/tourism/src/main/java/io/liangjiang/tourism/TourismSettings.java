package io.liangjiang.tourism;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** What a city sets for its tourism service. */
@ConfigMapping(prefix = "liangjiang.tourism")
public interface TourismSettings {
  /**
   * 32 random bytes in Base64, from which the keys for holders' data are derived; a development
   * city has its own.
   */
  Optional<String> masterKey();

  /** Time zone of opening hours and dates. */
  @WithDefault("Asia/Shanghai")
  ZoneId timeZone();

  /** How long places are held for an unpaid trip; payments takes orders of 1 minute to 2 hours. */
  @WithDefault("15m")
  Duration holdTime();

  /** How many days ahead slots are made. */
  @WithDefault("30")
  int daysAhead();

  /** How old the keys and revocations of city codes may get before they are fetched again. */
  @WithDefault("10s")
  Duration cityCodeRefresh();

  /**
   * How long after its hold a trip waits for payments' word before its places are given back
   * without it.
   */
  @WithDefault("10m")
  Duration expiryGrace();

  /** When slots are made. */
  Slots slots();

  /** When trips that wait are looked at. */
  Sweep sweep();

  /** When slots are made. */
  interface Slots {
    /** Pause between two runs. */
    @WithDefault("1h")
    String every();
  }

  /** When trips that wait are looked at. */
  interface Sweep {
    /** Pause between two runs. */
    @WithDefault("3s")
    String every();
  }
}
