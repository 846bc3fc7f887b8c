package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.appointment.Appointment.Fee;
import io.liangjiang.healthcare.appointment.Appointment.Parties;
import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.healthcare.appointment.Appointment.Times;
import io.liangjiang.healthcare.slot.SlotRepository;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Appointments as rows. */
final class AppointmentRows {
  /** An appointment, as `a`, with its slot. */
  static final String SELECT =
      """
      select a.appointment_id, a.citizen_id, a.booked_by, a.payer_id, a.patient_id, a.patient_name, a.state, a.cancel_reason,
             a.fee_minor as charged_minor, a.pay_until, a.hold_expire_time, a.payment_order_id,
             a.payment_task, a.queue_number, a.create_time, a.book_time, a.arrive_time, a.cancel_time, s.*
      from appointment a join bookable_slot s on s.slot_id = a.slot_id
      """;

  private AppointmentRows() {}

  static Appointment read(Row row) {
    String reason = row.getString("cancel_reason");
    Integer queueNumber = row.getInteger("queue_number");
    return new Appointment(
        row.getUUID("appointment_id"),
        new Parties(row.getUUID("citizen_id"), row.getUUID("booked_by"), row.getUUID("payer_id")),
        new Patient(row.getUUID("patient_id"), row.getString("patient_name")),
        SlotRepository.read(row),
        State.valueOf(row.getString("state")),
        reason == null ? CancelReason.CANCEL_REASON_UNSPECIFIED : CancelReason.valueOf(reason),
        row.getLong("charged_minor"),
        fee(row),
        queueNumber == null ? 0 : queueNumber,
        times(row));
  }

  private static Fee fee(Row row) {
    String task = row.getString("payment_task");
    return new Fee(
        row.getString("payment_order_id"), task == null ? null : PaymentTask.valueOf(task));
  }

  private static Times times(Row row) {
    return new Times(
        row.getOffsetDateTime("create_time").toInstant(),
        instant(row.getOffsetDateTime("pay_until")),
        instant(row.getOffsetDateTime("hold_expire_time")),
        instant(row.getOffsetDateTime("book_time")),
        instant(row.getOffsetDateTime("arrive_time")),
        instant(row.getOffsetDateTime("cancel_time")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
