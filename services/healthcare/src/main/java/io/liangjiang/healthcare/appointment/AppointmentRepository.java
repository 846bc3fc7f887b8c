package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.appointment.Admission.History;
import io.liangjiang.healthcare.appointment.Appointment.Fee;
import io.liangjiang.healthcare.slot.Slot;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appointments in the database: reading them, and writing the changes that a citizen or a desk asks
 * for.
 */
@ApplicationScoped
class AppointmentRepository {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  private static final String FIND =
      AppointmentRows.SELECT
          + " where a.appointment_id = $1 and (a.citizen_id = $2 or a.hospital_id = $3)";
  private static final String LOCK_SEEN = FIND + " for update of a";
  private static final String LOCK =
      AppointmentRows.SELECT + " where a.appointment_id = $1 for update of a";
  private static final String LIST =
      AppointmentRows.SELECT
          + """
           where a.citizen_id = $1 and (a.create_time, a.appointment_id) < ($2, $3)
           order by a.create_time desc, a.appointment_id desc limit $4
          """;
  private static final String LOCK_PATIENT =
      """
      insert into hospital_patient as p (hospital_id, patient_id, last_booking_time)
      values ($1, $2, $3)
      on conflict (hospital_id, patient_id) do update set last_booking_time = excluded.last_booking_time
      """;
  private static final String HISTORY =
      """
      select department_id, service_date, state from appointment
      where patient_id = $1 and hospital_id = $2
        and ((service_date = $3 and state <> 'CANCELLED')
          or (state = 'NOSHOW' and service_date > $4))
      """;
  private static final String INSERT =
      """
      insert into appointment (appointment_id, citizen_id, patient_id, patient_name, slot_id,
        hospital_id, department_id, service_date, fee_minor, state, pay_until,
        hold_expire_time, payment_task, due_time, create_time, booked_by, payer_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'PROPOSED', $10, $11, $12, $13, $14, $15, $16)
      """;
  private static final String BOOK =
      """
      update appointment set state = 'BOOKED', book_time = $2, payment_task = null, due_time = $3,
        payment_order_id = coalesce($4, payment_order_id)
      where appointment_id = $1
      """;
  private static final String CANCEL =
      """
      update appointment set state = 'CANCELLED', cancel_reason = $2, cancel_time = $3,
        payment_task = $4, payment_order_id = $5,
        due_time = case when $4::text is null then null else $3::timestamptz end
      where appointment_id = $1
      """;
  private static final String ARRIVE =
      """
      with queue as (
        insert into session_queue as q (practitioner_id, service_date, session, last_number)
        values ($3, $4, $5, 1)
        on conflict (practitioner_id, service_date, session)
          do update set last_number = q.last_number + 1
        returning last_number
      )
      update appointment set state = 'ARRIVED', arrive_time = $2, due_time = $6,
        queue_number = queue.last_number
      from queue where appointment_id = $1
      """;

  /** The appointment, if there is one that the viewer may see. */
  Uni<Optional<Appointment>> find(SqlClient client, UUID appointmentId, Viewer viewer) {
    return one(client, FIND, seen(appointmentId, viewer));
  }

  /** The same, locked until the transaction ends. */
  Uni<Optional<Appointment>> lock(SqlConnection tx, UUID appointmentId, Viewer viewer) {
    return one(tx, LOCK_SEEN, seen(appointmentId, viewer));
  }

  /** The appointment, locked, for what the service does by itself. */
  Uni<Optional<Appointment>> lock(SqlConnection tx, UUID appointmentId) {
    return one(tx, LOCK, Tuple.of(appointmentId));
  }

  /** A citizen's appointments, newest first. */
  Uni<List<Appointment>> list(SqlClient client, UUID citizenId, Page page) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(citizenId, ProtoTime.database(before), beforeId, page.limit()))
        .map(rows -> rows.stream().map(AppointmentRows::read).toList());
  }

  /** Makes bookings of one patient at one hospital wait for each other. */
  Uni<Void> lockPatient(SqlConnection tx, String hospitalId, UUID patientId, Instant now) {
    return tx.preparedQuery(LOCK_PATIENT)
        .execute(Tuple.of(hospitalId, patientId, ProtoTime.database(now)))
        .replaceWithVoid();
  }

  /** The patient's past and plans that matter to one more appointment in that slot. */
  Uni<History> history(SqlConnection tx, UUID patientId, Slot slot, Instant now) {
    LocalDate day = slot.time().date();
    LocalDate today = now.atZone(slot.time().zone()).toLocalDate();
    int daysOfInterest = slot.hospitalRules().noShowRule().daysOfInterest();
    return tx.preparedQuery(HISTORY)
        .execute(
            Tuple.of(patientId, slot.place().hospitalId(), day, today.minusDays(daysOfInterest)))
        .map(rows -> history(rows, day));
  }

  private static History history(RowSet<Row> rows, LocalDate day) {
    List<String> thatDay = new ArrayList<>();
    List<LocalDate> noShows = new ArrayList<>();
    for (Row row : rows) {
      LocalDate date = row.getLocalDate("service_date");
      if (date.equals(day)) {
        thatDay.add(row.getString("department_id"));
      }
      if (row.getString("state").equals("NOSHOW")) {
        noShows.add(date);
      }
    }
    return new History(thatDay, noShows);
  }

  /** Writes a new appointment, PROPOSED; it is due at `dueAt`. */
  Uni<Void> insert(SqlConnection tx, Appointment appointment, Instant dueAt) {
    var slot = appointment.slot();
    var task = appointment.fee().task();
    return execute(
        tx,
        INSERT,
        appointment.appointmentId(),
        appointment.citizenId(),
        appointment.patient().patientId(),
        appointment.patient().name(),
        slot.slotId(),
        slot.place().hospitalId(),
        slot.place().departmentId(),
        slot.time().date(),
        appointment.feeMinor(),
        time(appointment.times().payUntil()),
        time(appointment.times().holdExpires()),
        task == null ? null : task.name(),
        time(dueAt),
        time(appointment.times().created()),
        appointment.parties().bookedBy(),
        appointment.parties().payerId());
  }

  /** Books it; it is due again when the slot's day is over. */
  Uni<Void> book(SqlConnection tx, Appointment appointment, @Nullable String orderId, Instant now) {
    Instant dueAt = appointment.slot().time().dayEnd();
    return execute(tx, BOOK, appointment.appointmentId(), time(now), time(dueAt), orderId);
  }

  /** Cancels it; it is due at once when something is left to be asked of payments. */
  Uni<Void> cancel(
      SqlConnection tx, Appointment appointment, CancelReason reason, Fee fee, Instant now) {
    var task = fee.task();
    return execute(
        tx,
        CANCEL,
        appointment.appointmentId(),
        reason.name(),
        time(now),
        task == null ? null : task.name(),
        fee.paymentOrderId());
  }

  /** Gives it the next place in the queue of the practitioner's session. */
  Uni<Void> arrive(SqlConnection tx, Appointment appointment, Instant now) {
    var slot = appointment.slot();
    return execute(
        tx,
        ARRIVE,
        appointment.appointmentId(),
        time(now),
        slot.place().practitionerId(),
        slot.time().date(),
        slot.session().name(),
        time(slot.time().sessionEnd()));
  }

  private static Tuple seen(UUID appointmentId, Viewer viewer) {
    return Tuple.of(appointmentId, viewer.citizenId(), viewer.hospitalId());
  }

  private static Uni<Optional<Appointment>> one(SqlClient client, String sql, Tuple arguments) {
    return client
        .preparedQuery(sql)
        .execute(arguments)
        .map(rows -> rows.stream().findFirst().map(AppointmentRows::read));
  }

  private static Uni<Void> execute(SqlConnection tx, String sql, @Nullable Object... arguments) {
    return tx.preparedQuery(sql).execute(Tuple.from(Arrays.asList(arguments))).replaceWithVoid();
  }

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : ProtoTime.database(instant);
  }
}
