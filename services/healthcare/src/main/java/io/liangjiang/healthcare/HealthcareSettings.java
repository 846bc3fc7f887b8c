package io.liangjiang.healthcare;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What a city may set, under {@code liangjiang.healthcare}. */
@ConfigMapping(prefix = "liangjiang.healthcare")
public interface HealthcareSettings {

  /** Files with hospitals and schedules, on the class path or on disk; loaded at each start. */
  @WithDefault(
      "hospitals/chongqing-children-hospital.json,hospitals/liangjiang-general-hospital.json")
  List<String> hospitalFiles();

  /** For how many days after today slots are made. */
  @WithDefault("30")
  int slotDays();

  /** How long a citizen has to pay the fee; 2 minutes to 2 hours. */
  @WithDefault("PT15M")
  Duration payWithin();

  /** How much longer the number stays held, so that a payment of the last second finds it. */
  @WithDefault("PT1M")
  Duration holdGrace();

  /** How often what became due is looked after; "off" stops it. */
  @WithDefault("5s")
  String sweepEvery();

  /** How often slots are made for a day that became near enough; "off" stops it. */
  @WithDefault("1h")
  String makeSlotsEvery();
}
