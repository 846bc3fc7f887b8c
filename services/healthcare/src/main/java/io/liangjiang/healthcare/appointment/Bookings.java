package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.appointment.Appointment.Parties;
import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.healthcare.v1.CreateAppointmentRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Makes appointments: the number in one transaction, then the payment order outside it. */
@ApplicationScoped
class Bookings {
  private static final Logger LOG = Logger.getLogger(Bookings.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Idempotency idempotency;
  private final Patients patients;
  private final Proposals proposals;
  private final Appointments appointments;
  private final Fees fees;

  Bookings(
      Idempotency idempotency,
      Patients patients,
      Proposals proposals,
      Appointments appointments,
      Fees fees) {
    this.idempotency = idempotency;
    this.patients = patients;
    this.proposals = proposals;
    this.appointments = appointments;
    this.fees = fees;
  }

  /**
   * Takes a number of a slot for a patient; a repeated request answers with the same appointment as
   * it is now, and makes its payment order where that failed before. Errors: those of {@link
   * Proposals#make}, PATIENT_NOT_FOUND, IDENTITY_UNAVAILABLE, PAYMENTS_UNAVAILABLE.
   */
  Uni<io.liangjiang.healthcare.v1.Appointment> create(
      Caller caller, CreateAppointmentRequest request) {
    var viewer = Viewer.citizen(caller);
    return patients
        .find(UUID.fromString(caller.subject()), UUID.fromString(request.getPatientId()))
        .chain(patient -> makeOnce(caller, request, patient))
        .map(made -> UUID.fromString(made.getAppointmentId()))
        .chain(
            appointmentId ->
                appointments
                    .find(appointmentId, viewer)
                    .chain(this::order)
                    .chain(() -> appointments.find(appointmentId, viewer)))
        .map(AppointmentProto::toProto);
  }

  private Uni<io.liangjiang.healthcare.v1.Appointment> makeOnce(
      Caller caller, CreateAppointmentRequest request, Patient patient) {
    var parties =
        new Parties(
            UUID.fromString(caller.subject()),
            UUID.fromString(caller.actor()),
            UUID.fromString(caller.delegateIf(request.getPaidByDelegate(), "paid_by_delegate")));
    UUID slotId = UUID.fromString(request.getSlotId());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        io.liangjiang.healthcare.v1.Appointment.getDefaultInstance(),
        tx -> proposals.make(tx, parties, patient, slotId).map(AppointmentProto::toProto));
  }

  private Uni<Void> order(Appointment appointment) {
    if (appointment.fee().task() != PaymentTask.CREATE) {
      return Uni.createFrom().voidItem();
    }
    return fees.drive(appointment)
        .onFailure()
        .transform(failure -> unavailable(appointment, failure));
  }

  private static ServiceException unavailable(Appointment appointment, Throwable failure) {
    LOG.warnf(failure, "no payment order yet for appointment %s", appointment.appointmentId());
    return new ServiceException(
            HealthcareReason.PAYMENTS_UNAVAILABLE,
            "the number is held, but its payment order could not be made")
        .retryAfter(RETRY_AFTER);
  }
}
