package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.HealthcareSettings;
import io.liangjiang.healthcare.appointment.Appointment.Fee;
import io.liangjiang.healthcare.appointment.Appointment.Parties;
import io.liangjiang.healthcare.appointment.Appointment.Times;
import io.liangjiang.healthcare.slot.Slot;
import io.liangjiang.healthcare.slot.SlotRepository;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.reservation.ReservationReason;
import io.liangjiang.platform.reservation.Reservations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/**
 * Takes a number for a patient in the caller's transaction: rules first, then the hold, for the
 * hold makes others wait.
 */
@ApplicationScoped
class Proposals {
  /**
   * When the sweep looks after an appointment without a payment order: whoever made it has died by
   * then.
   */
  private static final Duration ORDER_WITHIN = Duration.ofSeconds(30);

  private final SlotRepository slots;
  private final AppointmentRepository repository;
  private final Reservations reservations;
  private final Transitions transitions;
  private final HealthcareSettings settings;
  private final InstantSource clock;

  Proposals(
      SlotRepository slots,
      AppointmentRepository repository,
      Reservations reservations,
      Transitions transitions,
      HealthcareSettings settings,
      InstantSource clock) {
    this.slots = slots;
    this.repository = repository;
    this.reservations = reservations;
    this.transitions = transitions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes an appointment that waits for its fee, or a booked one where there is none. Errors:
   * SLOT_NOT_FOUND, BOOKING_NOT_OPEN, BOOKING_CLOSED, PATIENT_BLOCKED, TOO_MANY_DEPARTMENTS,
   * DEPARTMENT_ALREADY_BOOKED, SLOT_BUSY.
   */
  Uni<Appointment> make(SqlConnection tx, Parties parties, Patient patient, UUID slotId) {
    Instant now = clock.instant();
    return slots
        .find(tx, slotId)
        .map(found -> found.orElseThrow(Proposals::noSlot))
        .invoke(slot -> Admission.requireOpen(slot, now))
        .call(slot -> admit(tx, patient, slot, now))
        .map(slot -> proposed(parties, patient, slot, now))
        .call(appointment -> hold(tx, appointment))
        .call(appointment -> repository.insert(tx, appointment, now.plus(ORDER_WITHIN)))
        .call(appointment -> bookIfFree(tx, appointment));
  }

  private Uni<Void> admit(SqlConnection tx, Patient patient, Slot slot, Instant now) {
    return repository
        .lockPatient(tx, slot.place().hospitalId(), patient.patientId(), now)
        .chain(() -> repository.history(tx, patient.patientId(), slot, now))
        .invoke(history -> Admission.requireAdmitted(slot, history, now))
        .replaceWithVoid();
  }

  private Appointment proposed(Parties parties, Patient patient, Slot slot, Instant now) {
    Instant payUntil = now.plus(settings.payWithin());
    return new Appointment(
        UUID.randomUUID(),
        parties,
        patient,
        slot,
        State.PROPOSED,
        CancelReason.CANCEL_REASON_UNSPECIFIED,
        slot.feeMinor(),
        slot.feeMinor() == 0 ? Fee.NONE : Fee.TO_BE_ORDERED,
        0,
        new Times(now, payUntil, payUntil.plus(settings.holdGrace()), null, null, null));
  }

  private Uni<Void> hold(SqlConnection tx, Appointment appointment) {
    Slot slot = appointment.slot();
    Instant until = appointment.times().heldUntil();
    return reservations
        .definePool(tx, slot.poolId(), slot.capacity())
        .chain(
            () ->
                reservations.hold(tx, appointment.appointmentId(), Map.of(slot.poolId(), 1), until))
        .onFailure(Proposals::isSoldOut)
        .transform(failure -> busy());
  }

  private Uni<Void> bookIfFree(SqlConnection tx, Appointment appointment) {
    return appointment.isFree()
        ? transitions.book(tx, appointment, null)
        : Uni.createFrom().voidItem();
  }

  private static boolean isSoldOut(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == ReservationReason.SOLD_OUT;
  }

  private static ServiceException noSlot() {
    return new ServiceException(HealthcareReason.SLOT_NOT_FOUND, "there is no such slot");
  }

  private static ServiceException busy() {
    return new ServiceException(
        HealthcareReason.SLOT_BUSY, "all numbers of the slot are held or booked");
  }
}
