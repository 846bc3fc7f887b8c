package io.liangjiang.healthcare.slot;

import io.liangjiang.healthcare.rules.SlotTime;
import io.liangjiang.healthcare.v1.Slot.Session;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Slots in the database. */
@ApplicationScoped
public class SlotRepository {
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final String FIND = "select * from bookable_slot where slot_id = $1";
  private static final String DEPARTMENT_EXISTS =
      "select 1 from department where department_id = $1";
  private static final String LIST =
      """
      select * from bookable_slot
      where department_id = $1 and service_date = $2 and end_time > $3
        and (start_time, slot_id) > ($4, $5)
      order by start_time, slot_id limit $6
      """;
  private static final String ONE_MAKER =
      "select pg_advisory_xact_lock(hashtextextended('slot', 0))";
  private static final String MAKE =
      """
      insert into slot (slot_id, practitioner_id, department_id, service_date, session, start_time,
        end_time, session_end_time, capacity, kept_for_day, fee_minor)
      select md5(t.template_id || '/' || day.service_date || '/' || n)::uuid,
             t.practitioner_id, p.department_id, day.service_date, t.session,
             day.begins + n * t.slot_minutes * interval '1 minute',
             day.begins + (n + 1) * t.slot_minutes * interval '1 minute',
             day.begins + t.slot_count * t.slot_minutes * interval '1 minute',
             t.capacity, n >= t.slot_count - t.kept_for_day, t.fee_minor
      from schedule_template t
      join practitioner p using (practitioner_id)
      join department d using (department_id)
      join hospital h using (hospital_id)
      cross join generate_series(0, $2::integer) as ahead
      cross join lateral (
        select calendar.service_date,
               (calendar.service_date + t.start_time) at time zone h.time_zone as begins
        from (select (($1::timestamptz at time zone h.time_zone)::date + ahead) as service_date)
          as calendar
      ) as day
      cross join generate_series(0, t.slot_count - 1) as n
      where extract(isodow from day.service_date)::integer = any (t.weekdays)
      on conflict do nothing
      """;

  /** The slot of that id, if there is one. */
  public Uni<Optional<Slot>> find(SqlClient client, UUID slotId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(slotId))
        .map(rows -> rows.stream().findFirst().map(SlotRepository::read));
  }

  Uni<Boolean> departmentExists(SqlClient client, String departmentId) {
    return client
        .preparedQuery(DEPARTMENT_EXISTS)
        .execute(Tuple.of(departmentId))
        .map(rows -> rows.size() == 1);
  }

  /** Slots of a day that have not ended, earliest first. */
  Uni<List<Slot>> list(
      SqlClient client, String departmentId, LocalDate date, Instant now, Page page) {
    Instant after = page.isFirst() ? Instant.EPOCH : page.keyInstant(0);
    UUID afterId = page.isFirst() ? BEFORE_ALL : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(
            Tuple.of(
                departmentId,
                date,
                ProtoTime.database(now),
                ProtoTime.database(after),
                afterId,
                page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(SlotRepository::read).toList());
  }

  /**
   * Makes the slots of today and the days after it that are not there yet; answers with how many.
   */
  Uni<Integer> make(SqlConnection tx, Instant now, int days) {
    return tx.query(ONE_MAKER)
        .execute()
        .chain(() -> tx.preparedQuery(MAKE).execute(Tuple.of(ProtoTime.database(now), days)))
        .map(rows -> rows.rowCount());
  }

  /** Reads a row that has all columns of bookable_slot. */
  public static Slot read(Row row) {
    return new Slot(
        row.getUUID("slot_id"),
        new Slot.Place(
            row.getString("hospital_id"),
            row.getString("hospital_name"),
            row.getString("department_id"),
            row.getString("department_name"),
            row.getString("practitioner_id"),
            row.getString("practitioner_name"),
            row.getString("practitioner_title")),
        Session.valueOf(row.getString("session")),
        new SlotTime(
            row.getLocalDate("service_date"),
            row.getOffsetDateTime("start_time").toInstant(),
            row.getOffsetDateTime("end_time").toInstant(),
            row.getOffsetDateTime("session_end_time").toInstant(),
            row.getBoolean("kept_for_day"),
            ZoneId.of(row.getString("time_zone"))),
        row.getInteger("capacity"),
        row.getLong("fee_minor"),
        RuleRows.bookingRule(row),
        RuleRows.hospitalRules(row));
  }
}
