package io.liangjiang.healthcare.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * When a slot takes place.
 *
 * @param date the day, in the hospital's zone
 * @param start first moment of the slot
 * @param end first moment after it
 * @param sessionEnd first moment after the practitioner's session
 * @param keptForDay whether its numbers are released on the day only
 * @param zone the hospital's zone
 */
public record SlotTime(
    LocalDate date,
    Instant start,
    Instant end,
    Instant sessionEnd,
    boolean keptForDay,
    ZoneId zone) {

  /** The first moment of the slot's day. */
  public Instant dayStart() {
    return date.atStartOfDay(zone).toInstant();
  }

  /** The first moment of the day after. */
  public Instant dayEnd() {
    return date.plusDays(1).atStartOfDay(zone).toInstant();
  }
}
