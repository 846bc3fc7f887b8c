package io.liangjiang.healthcare.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * What all departments of a hospital have in common.
 *
 * @param dayLimit how many appointments one patient may hold on one day
 * @param noShowRule when a patient who did not come is blocked
 * @param cancelUntilDayBefore until when on the day before a booked appointment can be cancelled;
 *     null: until it starts
 * @param checkInOpensBefore how long before the slot starts the patient can check in
 */
public record HospitalRules(
    DayLimit dayLimit,
    NoShowRule noShowRule,
    @Nullable LocalTime cancelUntilDayBefore,
    Duration checkInOpensBefore) {

  /** The last moment at which a booked appointment can be cancelled. */
  public Instant cancelDeadline(SlotTime slot) {
    return cancelUntilDayBefore == null
        ? slot.start()
        : slot.date().minusDays(1).atTime(cancelUntilDayBefore).atZone(slot.zone()).toInstant();
  }

  /** When the patient can check in: never before the day, and until the session ends. */
  public BookingWindow patientCheckIn(SlotTime slot) {
    Instant opens = slot.start().minus(checkInOpensBefore);
    Instant dayStart = slot.dayStart();
    return new BookingWindow(opens.isBefore(dayStart) ? dayStart : opens, slot.sessionEnd());
  }

  /** When the hospital's desk can check the patient in: the slot's calendar day. */
  public BookingWindow deskCheckIn(SlotTime slot) {
    return new BookingWindow(slot.dayStart(), slot.dayEnd());
  }
}
