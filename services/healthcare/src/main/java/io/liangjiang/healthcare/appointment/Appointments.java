package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.appointment.Appointment.Fee;
import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.CancelAppointmentRequest;
import io.liangjiang.healthcare.v1.ListAppointmentsResponse;
import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Shows appointments and takes them back. */
@ApplicationScoped
class Appointments {
  private static final Logger LOG = Logger.getLogger(Appointments.class);
  private static final String DATA_KIND = "appointment";
  private static final String DESK_READS = "hospital desk";

  private final Database database;
  private final Idempotency idempotency;
  private final AppointmentRepository repository;
  private final Transitions transitions;
  private final Fees fees;
  private final AccessRecords accessRecords;
  private final InstantSource clock;

  Appointments(
      Database database,
      Idempotency idempotency,
      AppointmentRepository repository,
      Transitions transitions,
      Fees fees,
      AccessRecords accessRecords,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.repository = repository;
    this.transitions = transitions;
    this.fees = fees;
    this.accessRecords = accessRecords;
    this.clock = clock;
  }

  /** A page of the caller's appointments, newest first. */
  Uni<ListAppointmentsResponse> list(Caller caller, Page page) {
    return repository
        .list(database.client(), UUID.fromString(caller.subject()), page)
        .map(appointments -> page.cut(appointments, Appointments::keyOf))
        .map(
            cut ->
                ListAppointmentsResponse.newBuilder()
                    .addAllAppointments(
                        cut.items().stream().map(AppointmentProto::toProto).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  /**
   * One appointment that the caller may see; one that waits for money is brought up to date first.
   */
  Uni<io.liangjiang.healthcare.v1.Appointment> get(Caller caller, UUID appointmentId) {
    var viewer = Viewer.of(caller);
    var found =
        viewer.isDesk()
            ? database.inTransaction(tx -> readAtDesk(tx, caller, appointmentId))
            : find(appointmentId, viewer).chain(appointment -> upToDate(appointment, viewer));
    return found.map(AppointmentProto::toProto);
  }

  private Uni<Appointment> readAtDesk(SqlConnection tx, Caller caller, UUID appointmentId) {
    return repository
        .find(tx, appointmentId, Viewer.of(caller))
        .map(Appointments::require)
        .call(appointment -> recordAccess(tx, caller, appointment));
  }

  /** Notes that staff read a patient's data. */
  Uni<Void> recordAccess(SqlConnection tx, Caller caller, Appointment appointment) {
    return accessRecords.append(
        tx,
        caller,
        appointment.citizenId().toString(),
        DATA_KIND,
        appointment.appointmentId().toString(),
        DESK_READS);
  }

  /** The appointment as it is now. Errors: APPOINTMENT_NOT_FOUND. */
  Uni<Appointment> find(UUID appointmentId, Viewer viewer) {
    return repository.find(database.client(), appointmentId, viewer).map(Appointments::require);
  }

  /**
   * Gives the caller's number back. Errors: APPOINTMENT_NOT_FOUND, CANCELLATION_TOO_LATE,
   * APPOINTMENT_NOT_CANCELLABLE.
   */
  Uni<io.liangjiang.healthcare.v1.Appointment> cancel(
      Caller caller, CancelAppointmentRequest request) {
    var viewer = Viewer.citizen(caller);
    UUID appointmentId = UUID.fromString(request.getAppointmentId());
    return idempotency
        .once(
            caller,
            request.getRequestId(),
            request,
            io.liangjiang.healthcare.v1.Appointment.getDefaultInstance(),
            tx -> cancel(tx, appointmentId, viewer))
        .chain(() -> find(appointmentId, viewer))
        .chain(appointment -> upToDate(appointment, viewer))
        .map(AppointmentProto::toProto);
  }

  private Uni<io.liangjiang.healthcare.v1.Appointment> cancel(
      SqlConnection tx, UUID appointmentId, Viewer viewer) {
    return repository
        .lock(tx, appointmentId, viewer)
        .map(Appointments::require)
        .call(appointment -> cancel(tx, appointment))
        .map(AppointmentProto::toProto);
  }

  private Uni<Void> cancel(SqlConnection tx, Appointment appointment) {
    return switch (appointment.state()) {
      case CANCELLED -> Uni.createFrom().voidItem();
      case PROPOSED -> cancel(tx, appointment, PaymentTask.CLOSE);
      case BOOKED -> {
        Admission.requireCancellable(appointment, clock.instant());
        yield cancel(tx, appointment, PaymentTask.REFUND);
      }
      default ->
          throw new ServiceException(
                  HealthcareReason.APPOINTMENT_NOT_CANCELLABLE, "it has been used or missed")
              .with("state", appointment.state());
    };
  }

  private Uni<Void> cancel(SqlConnection tx, Appointment appointment, PaymentTask task) {
    var fee = appointment.isFree() ? Fee.NONE : new Fee(appointment.fee().paymentOrderId(), task);
    return transitions.cancel(tx, appointment, CancelReason.BY_CITIZEN, fee);
  }

  /**
   * Asks payments once where something is open; when payments cannot answer now, the sweep goes on.
   */
  private Uni<Appointment> upToDate(Appointment appointment, Viewer viewer) {
    if (appointment.fee().task() == null) {
      return Uni.createFrom().item(appointment);
    }
    return fees.drive(appointment)
        .onFailure()
        .invoke(failure -> LOG.debugf(failure, "payments is asked again later"))
        .onFailure()
        .recoverWithNull()
        .chain(() -> find(appointment.appointmentId(), viewer));
  }

  /** The appointment that was found. Errors: APPOINTMENT_NOT_FOUND. */
  static Appointment require(Optional<Appointment> found) {
    return found.orElseThrow(
        () ->
            new ServiceException(
                HealthcareReason.APPOINTMENT_NOT_FOUND, "there is no such appointment"));
  }

  private static List<String> keyOf(Appointment appointment) {
    return List.of(
        appointment.times().created().toString(), appointment.appointmentId().toString());
  }
}
