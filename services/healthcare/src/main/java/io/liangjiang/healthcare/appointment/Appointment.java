package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.slot.Slot;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One number of a slot that belongs to a patient. Its id also names its reservation, and it is
 * payments' business reference.
 *
 * @param parties whose it is, who made it, who pays
 * @param patient who is to be seen
 * @param feeMinor registration fee in fen, as it was when the appointment was made
 * @param fee where its payment stands
 * @param queueNumber place in the queue, from 1; 0 before check-in
 * @param times when what happened
 */
record Appointment(
    UUID appointmentId,
    Parties parties,
    Patient patient,
    Slot slot,
    State state,
    CancelReason cancelReason,
    long feeMinor,
    Fee fee,
    int queueNumber,
    Times times) {

  /**
   * Whose it is.
   *
   * @param bookedBy who really made it: the citizen, or a delegate
   * @param payerId who pays: the citizen, or that delegate
   */
  record Parties(UUID citizenId, UUID bookedBy, UUID payerId) {}

  /** The citizen whose it is. */
  UUID citizenId() {
    return parties.citizenId();
  }

  /** What payments has still to be asked for. */
  enum PaymentTask {
    /** The payment order has to be made. */
    CREATE,
    /** The citizen has to pay. */
    AWAIT,
    /** The payment order has to be closed, for the number is gone. */
    CLOSE,
    /** The money has to go back. */
    REFUND,
    /** The channel refused the refund for good; somebody has to see to it. */
    REFUND_FAILED
  }

  /** Where the payment of the fee stands. */
  record Fee(@Nullable String paymentOrderId, @Nullable PaymentTask task) {

    static final Fee NONE = new Fee(null, null);
    static final Fee TO_BE_ORDERED = new Fee(null, PaymentTask.CREATE);
  }

  /**
   * When what happened or is due; null for what did not and is not.
   *
   * @param payUntil until when the citizen has to pay
   * @param holdExpires until when the number stays held: a little longer
   */
  record Times(
      Instant created,
      @Nullable Instant payUntil,
      @Nullable Instant holdExpires,
      @Nullable Instant booked,
      @Nullable Instant arrived,
      @Nullable Instant cancelled) {

    /** Until when the number of an appointment that was just made stays held. */
    Instant heldUntil() {
      return Objects.requireNonNull(holdExpires);
    }
  }

  /** The last moment at which it can be cancelled once it is booked. */
  Instant cancelDeadline() {
    return slot.hospitalRules().cancelDeadline(slot.time());
  }

  boolean isFree() {
    return feeMinor == 0;
  }
}
