package io.liangjiang.healthcare.slot;

import io.liangjiang.healthcare.rules.BookingRule;
import io.liangjiang.healthcare.rules.BookingWindow;
import io.liangjiang.healthcare.rules.HospitalRules;
import io.liangjiang.healthcare.rules.SlotTime;
import io.liangjiang.healthcare.v1.Slot.Session;
import io.liangjiang.healthcare.v1.Slot.Status;
import io.liangjiang.platform.reservation.PoolState;
import java.time.Instant;
import java.util.UUID;

/**
 * A time of one practitioner for which numbers are given out, with the rules that hold for it.
 *
 * @param place where and with whom
 * @param time when
 * @param capacity how many numbers it has
 * @param feeMinor registration fee in fen
 * @param bookingRule when its numbers are released
 * @param hospitalRules what its hospital asks of patients
 */
public record Slot(
    UUID slotId,
    Place place,
    Session session,
    SlotTime time,
    int capacity,
    long feeMinor,
    BookingRule bookingRule,
    HospitalRules hospitalRules) {

  /** Where and with whom a patient is seen. */
  public record Place(
      String hospitalId,
      String hospitalName,
      String departmentId,
      String departmentName,
      String practitionerId,
      String practitionerName,
      String practitionerTitle) {}

  /**
   * Id of the pool of its numbers in the reservation engine; a slot that nobody wanted yet has no
   * pool.
   */
  public String poolId() {
    return slotId.toString();
  }

  /** The window in which it can be booked, as seen from now. */
  public BookingWindow bookingWindow(Instant now) {
    return bookingRule.windowAt(now, time);
  }

  /** The pool of a slot that nobody wanted yet. */
  PoolState untouched() {
    return new PoolState(capacity, 0, 0);
  }

  /** Whether a number can be had now. */
  Status statusAt(Instant now, PoolState pool) {
    if (!bookingWindow(now).isOpenAt(now)) {
      return Status.BUSY_UNAVAILABLE;
    }
    if (pool.remaining() > 0) {
      return Status.FREE;
    }
    return pool.held() > 0 ? Status.BUSY_TENTATIVE : Status.BUSY;
  }
}
