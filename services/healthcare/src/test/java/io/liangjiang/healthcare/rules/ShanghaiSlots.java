package io.liangjiang.healthcare.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Slots and moments in Chongqing's time, for the tests of the rules. */
final class ShanghaiSlots {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final LocalDate DAY = LocalDate.parse("2026-03-18");

  private ShanghaiSlots() {}

  /** A slot of ten minutes in a session that ends at noon. */
  static SlotTime slotAt(String time) {
    return slot(time, false);
  }

  static SlotTime keptForDay(String time) {
    return slot(time, true);
  }

  /** The moment at which Chongqing's clocks show that. */
  static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  private static SlotTime slot(String time, boolean keptForDay) {
    Instant start = at(DAY, time);
    return new SlotTime(DAY, start, start.plusSeconds(600), at(DAY, "12:00"), keptForDay, ZONE);
  }
}
