package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appointments that something has to be done about by now, and what payments has still to be asked
 * for.
 */
@ApplicationScoped
class DueRepository {
  private static final String CLOSE_DAYS =
      """
      update appointment
      set state = case state when 'BOOKED' then 'NOSHOW' else 'FULFILLED' end, due_time = null
      where appointment_id in (
        select appointment_id from appointment
        where due_time <= $1 and state in ('BOOKED', 'ARRIVED')
        order by due_time limit $2 for update skip locked)
      """;
  private static final String EXPIRED =
      AppointmentRows.SELECT
          + """
           where a.due_time <= $1 and a.state = 'PROPOSED' and a.hold_expire_time <= $1
           order by a.due_time limit $2 for update of a skip locked
          """;
  private static final String CLAIM =
      """
      update appointment set due_time = case when state = 'PROPOSED'
        then least($2::timestamptz, hold_expire_time) else $2::timestamptz end
      where appointment_id in (
        select appointment_id from appointment
        where due_time <= $1 and payment_task is not null
          and not (state = 'PROPOSED' and hold_expire_time <= $1)
        order by due_time limit $3 for update skip locked)
      returning appointment_id
      """;
  private static final String CLAIMED =
      AppointmentRows.SELECT + " where a.appointment_id = any ($1::uuid[])";
  private static final String ORDERED =
      """
      update appointment set payment_order_id = $2,
        payment_task = case payment_task when 'CREATE' then 'AWAIT' else payment_task end
      where appointment_id = $1
      """;
  private static final String NEXT_TASK =
      """
      update appointment set payment_task = $3, due_time = $4
      where appointment_id = $1 and payment_task = $2 and state = 'CANCELLED'
      """;
  private static final String REFUND =
      """
      update appointment set payment_task = 'REFUND', due_time = $3, payment_order_id = $2
      where appointment_id = $1 and state = 'CANCELLED'
      """;

  /** Marks at most `limit` appointments whose day or session is over; answers with how many. */
  Uni<Integer> closeDays(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(CLOSE_DAYS)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(rows -> rows.rowCount());
  }

  /** At most `limit` appointments whose hold ran out, locked. */
  Uni<List<Appointment>> lockExpired(SqlConnection tx, Instant now, int limit) {
    return tx.preparedQuery(EXPIRED)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(rows -> rows.stream().map(AppointmentRows::read).toList());
  }

  /**
   * Takes at most `limit` appointments for which payments has to be asked; they come again at
   * `again`.
   */
  Uni<List<Appointment>> claim(SqlConnection tx, Instant now, Instant again, int limit) {
    return tx.preparedQuery(CLAIM)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(again), limit))
        .map(rows -> rows.stream().map(row -> row.getUUID(0)).toArray(UUID[]::new))
        .chain(ids -> tx.preparedQuery(CLAIMED).execute(Tuple.tuple().addValue(ids)))
        .map(rows -> rows.stream().map(AppointmentRows::read).toList());
  }

  /** Notes the payment order that was made. */
  Uni<Void> ordered(SqlClient client, UUID appointmentId, String paymentOrderId) {
    return client
        .preparedQuery(ORDERED)
        .execute(Tuple.of(appointmentId, paymentOrderId))
        .replaceWithVoid();
  }

  /**
   * Goes on from one task of a cancelled appointment to another; nothing happens when somebody else
   * did.
   *
   * @param to the next task; null when there is none
   * @param dueAt when it is due; null for never
   */
  Uni<Void> nextTask(
      SqlClient client,
      UUID appointmentId,
      PaymentTask from,
      @Nullable PaymentTask to,
      @Nullable Instant dueAt) {
    return client
        .preparedQuery(NEXT_TASK)
        .execute(
            Tuple.of(
                appointmentId,
                from.name(),
                to == null ? null : to.name(),
                dueAt == null ? null : ProtoTime.database(dueAt)))
        .replaceWithVoid();
  }

  /** Money came for a cancelled appointment: it has to go back. */
  Uni<Void> refund(SqlConnection tx, UUID appointmentId, String paymentOrderId, Instant now) {
    return tx.preparedQuery(REFUND)
        .execute(Tuple.of(appointmentId, paymentOrderId, ProtoTime.database(now)))
        .replaceWithVoid();
  }
}
