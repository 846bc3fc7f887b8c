package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.rules.BookingWindow;
import io.liangjiang.healthcare.rules.DayLimit;
import io.liangjiang.healthcare.slot.Slot;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the hospital's rules answer to a booking, a cancelling and a check-in. No database, no
 * clock.
 */
final class Admission {
  private Admission() {}

  /**
   * What matters of a patient's past and plans at one hospital.
   *
   * @param departmentsThatDay departments of the appointments on the day asked for, one element
   *     each
   * @param noShows days of the no-shows that may still matter
   */
  record History(List<String> departmentsThatDay, List<LocalDate> noShows) {}

  /** Errors: BOOKING_NOT_OPEN, BOOKING_CLOSED. */
  static void requireOpen(Slot slot, Instant now) {
    BookingWindow window = slot.bookingWindow(now);
    if (now.isBefore(window.opensAt())) {
      throw new ServiceException(
              HealthcareReason.BOOKING_NOT_OPEN, "the slot's numbers are not released yet")
          .with("opensAt", window.opensAt());
    }
    if (!window.isOpenAt(now)) {
      throw new ServiceException(
              HealthcareReason.BOOKING_CLOSED, "the slot cannot be booked any more")
          .with("closedAt", window.closesAt());
    }
  }

  /** Errors: PATIENT_BLOCKED, TOO_MANY_DEPARTMENTS, DEPARTMENT_ALREADY_BOOKED. */
  static void requireAdmitted(Slot slot, History history, Instant now) {
    LocalDate today = now.atZone(slot.time().zone()).toLocalDate();
    var blockedUntil = slot.hospitalRules().noShowRule().blockedUntil(history.noShows(), today);
    if (blockedUntil != null) {
      throw new ServiceException(
              HealthcareReason.PATIENT_BLOCKED, "the patient missed too many appointments")
          .with("blockedUntil", blockedUntil);
    }
    requireWithinDay(slot, history);
  }

  private static void requireWithinDay(Slot slot, History history) {
    DayLimit limit = slot.hospitalRules().dayLimit();
    switch (limit.judge(history.departmentsThatDay(), slot.place().departmentId())) {
      case ALLOWED -> {}
      case DEPARTMENT_ALREADY_BOOKED ->
          throw new ServiceException(
                  HealthcareReason.DEPARTMENT_ALREADY_BOOKED,
                  "the patient is booked in this department on that day")
              .with("limit", limit.maxInDepartment());
      case TOO_MANY_DEPARTMENTS ->
          throw new ServiceException(
                  HealthcareReason.TOO_MANY_DEPARTMENTS,
                  "the patient is booked in enough departments on that day")
              .with("limit", limit.maxDepartments());
    }
  }

  /** Whether a booked appointment can still be given back. Errors: CANCELLATION_TOO_LATE. */
  static void requireCancellable(Appointment appointment, Instant now) {
    Instant deadline = appointment.cancelDeadline();
    if (now.isAfter(deadline)) {
      throw new ServiceException(
              HealthcareReason.CANCELLATION_TOO_LATE, "the hospital takes it back no more")
          .with("deadline", deadline);
    }
  }

  /** Errors: CHECK_IN_NOT_OPEN, CHECK_IN_CLOSED. */
  static void requireCheckIn(Appointment appointment, boolean byDesk, Instant now) {
    var slot = appointment.slot();
    var rules = slot.hospitalRules();
    var window = byDesk ? rules.deskCheckIn(slot.time()) : rules.patientCheckIn(slot.time());
    if (now.isBefore(window.opensAt())) {
      throw new ServiceException(HealthcareReason.CHECK_IN_NOT_OPEN, "it is too early to check in")
          .with("opensAt", window.opensAt());
    }
    if (!window.isOpenAt(now)) {
      throw new ServiceException(HealthcareReason.CHECK_IN_CLOSED, "it is too late to check in")
          .with("closedAt", window.closesAt());
    }
  }
}
