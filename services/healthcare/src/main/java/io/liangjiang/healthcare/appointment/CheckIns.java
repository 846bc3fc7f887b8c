package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.healthcare.v1.CheckInAppointmentRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Checks patients in: themselves, or by the hospital's desk. */
@ApplicationScoped
class CheckIns {
  private final Idempotency idempotency;
  private final AppointmentRepository repository;
  private final Appointments appointments;
  private final InstantSource clock;

  CheckIns(
      Idempotency idempotency,
      AppointmentRepository repository,
      Appointments appointments,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.appointments = appointments;
    this.clock = clock;
  }

  /**
   * Gives out the place in the queue. Errors: APPOINTMENT_NOT_FOUND, APPOINTMENT_NOT_BOOKED,
   * CHECK_IN_NOT_OPEN, CHECK_IN_CLOSED.
   */
  Uni<io.liangjiang.healthcare.v1.Appointment> checkIn(
      Caller caller, CheckInAppointmentRequest request) {
    UUID appointmentId = UUID.fromString(request.getAppointmentId());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        io.liangjiang.healthcare.v1.Appointment.getDefaultInstance(),
        tx -> checkIn(tx, caller, appointmentId));
  }

  private Uni<io.liangjiang.healthcare.v1.Appointment> checkIn(
      SqlConnection tx, Caller caller, UUID appointmentId) {
    var viewer = Viewer.of(caller);
    return repository
        .lock(tx, appointmentId, viewer)
        .map(Appointments::require)
        .call(appointment -> appointments.recordAccess(tx, caller, appointment))
        .call(appointment -> arrive(tx, appointment, viewer.isDesk()))
        .chain(() -> repository.find(tx, appointmentId, viewer))
        .map(Appointments::require)
        .map(AppointmentProto::toProto);
  }

  private Uni<Void> arrive(SqlConnection tx, Appointment appointment, boolean byDesk) {
    if (appointment.state() == State.ARRIVED) {
      return Uni.createFrom().voidItem();
    }
    if (appointment.state() != State.BOOKED) {
      throw new ServiceException(
              HealthcareReason.APPOINTMENT_NOT_BOOKED,
              "only a booked appointment can be checked in")
          .with("state", appointment.state());
    }
    Instant now = clock.instant();
    Admission.requireCheckIn(appointment, byDesk, now);
    return repository.arrive(tx, appointment, now);
  }
}
