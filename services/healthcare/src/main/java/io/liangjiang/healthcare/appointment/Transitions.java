package io.liangjiang.healthcare.appointment;

import com.google.protobuf.Message;
import io.liangjiang.healthcare.appointment.Appointment.Fee;
import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an appointment, each with its reservation and its event, in the caller's
 * transaction. The appointment's row is locked before the pool of its slot, always.
 */
@ApplicationScoped
class Transitions {
  private static final Logger LOG = Logger.getLogger(Transitions.class);
  private static final Duration MOMENT = Duration.ofMinutes(1);

  private final AppointmentRepository repository;
  private final DueRepository due;
  private final Reservations reservations;
  private final Outbox outbox;
  private final InstantSource clock;

  Transitions(
      AppointmentRepository repository,
      DueRepository due,
      Reservations reservations,
      Outbox outbox,
      InstantSource clock) {
    this.repository = repository;
    this.due = due;
    this.reservations = reservations;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** PROPOSED to BOOKED. Errors: HOLD_EXPIRED. */
  Uni<Void> book(SqlConnection tx, Appointment appointment, @Nullable String paymentOrderId) {
    Instant now = clock.instant();
    return reservations
        .book(tx, appointment.appointmentId())
        .chain(() -> repository.book(tx, appointment, paymentOrderId, now))
        .chain(
            () ->
                publish(
                    tx, "AppointmentBooked", appointment, AppointmentProto.booked(appointment)));
  }

  /**
   * To CANCELLED: the number is free again, and `fee` says what is left to be asked of payments.
   */
  Uni<Void> cancel(SqlConnection tx, Appointment appointment, CancelReason reason, Fee fee) {
    return repository
        .cancel(tx, appointment, reason, fee, clock.instant())
        .chain(() -> reservations.release(tx, appointment.appointmentId()))
        .chain(
            () ->
                publish(
                    tx,
                    "AppointmentCancelled",
                    appointment,
                    AppointmentProto.cancelled(appointment, reason)));
  }

  /**
   * The fee is here: the number is booked, or, where it is gone for good, the money goes back. Safe
   * to repeat.
   */
  Uni<Void> paid(SqlConnection tx, UUID appointmentId, String paymentOrderId) {
    return repository
        .lock(tx, appointmentId)
        .chain(
            found ->
                found.isEmpty()
                    ? unknown(appointmentId, paymentOrderId)
                    : paid(tx, found.get(), paymentOrderId));
  }

  /** The fee will never come: the number is free again. Safe to repeat. */
  Uni<Void> notPaid(SqlConnection tx, UUID appointmentId) {
    return repository
        .lock(tx, appointmentId)
        .chain(
            found ->
                found.filter(Transitions::isProposed).isEmpty()
                    ? Uni.createFrom().voidItem()
                    : cancel(tx, found.get(), CancelReason.NOT_PAID, settled(found.get())));
  }

  private Uni<Void> paid(SqlConnection tx, Appointment appointment, String paymentOrderId) {
    return switch (appointment.state()) {
      case PROPOSED -> bookPaid(tx, appointment, paymentOrderId);
      case CANCELLED -> refundLate(tx, appointment, paymentOrderId);
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> bookPaid(SqlConnection tx, Appointment appointment, String paymentOrderId) {
    return book(tx, appointment, paymentOrderId)
        .onFailure(failure -> is(failure, ReservationReason.HOLD_EXPIRED))
        .recoverWithUni(() -> holdAgain(tx, appointment, paymentOrderId));
  }

  private Uni<Void> holdAgain(SqlConnection tx, Appointment appointment, String paymentOrderId) {
    var refund = new Fee(paymentOrderId, PaymentTask.REFUND);
    return reservations
        .hold(
            tx,
            appointment.appointmentId(),
            Map.of(appointment.slot().poolId(), 1),
            clock.instant().plus(MOMENT))
        .chain(() -> book(tx, appointment, paymentOrderId))
        .onFailure(failure -> is(failure, ReservationReason.SOLD_OUT))
        .recoverWithUni(() -> cancel(tx, appointment, CancelReason.PAID_TOO_LATE, refund));
  }

  private Uni<Void> refundLate(SqlConnection tx, Appointment appointment, String paymentOrderId) {
    var task = appointment.fee().task();
    boolean isOnItsWay = task == PaymentTask.REFUND || task == PaymentTask.REFUND_FAILED;
    if (isOnItsWay) {
      return Uni.createFrom().voidItem();
    }
    return due.refund(tx, appointment.appointmentId(), paymentOrderId, clock.instant());
  }

  private Uni<Void> publish(
      SqlConnection tx, String type, Appointment appointment, Message payload) {
    return outbox.append(tx, "healthcare." + type, appointment.appointmentId().toString(), payload);
  }

  private static Fee settled(Appointment appointment) {
    return new Fee(appointment.fee().paymentOrderId(), null);
  }

  private static boolean isProposed(Appointment appointment) {
    return appointment.state() == io.liangjiang.healthcare.v1.Appointment.State.PROPOSED;
  }

  private static boolean is(Throwable failure, ReservationReason reason) {
    return failure instanceof ServiceException refusal && refusal.reason() == reason;
  }

  private static Uni<Void> unknown(UUID appointmentId, String paymentOrderId) {
    LOG.errorf(
        "payment order %s is for appointment %s, which is not here", paymentOrderId, appointmentId);
    return Uni.createFrom().voidItem();
  }
}
