package io.liangjiang.tourism.slot;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** SQL of templates and slots. */
public final class TimeSlotRepository {
  private static final String TEMPLATES =
      """
      select t.*, p.site_id, s.daily_capacity
      from slot_template t join product p using (product_id) join site s using (site_id)
      order by p.site_id, t.template_id
      """;
  private static final String INSERT =
      """
      insert into time_slot
        (time_slot_id, product_id, site_id, slot_date,
         start_time, end_time, entry_open_time, entry_close_time)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::date[],
        $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
      on conflict do nothing returning time_slot_id
      """;
  private static final String OF_DAY =
      """
      select * from time_slot
      where product_id = $1 and slot_date = $2 and start_time > $3
      order by start_time limit $4
      """;
  private static final String PRODUCT_EXISTS = "select 1 from product where product_id = $1";

  private TimeSlotRepository() {}

  /** A template and the approved capacity of its site. */
  record SiteTemplate(SlotTemplate template, int dailyCapacity) {}

  static Uni<List<SiteTemplate>> templates(SqlClient client) {
    return client
        .query(TEMPLATES)
        .execute()
        .map(rows -> rows.stream().map(TimeSlotRepository::template).toList());
  }

  /** Inserts the slots that are not there, by one statement; answers with the ids of these. */
  static Uni<Set<UUID>> insertMissing(SqlConnection tx, List<TimeSlot> slots) {
    var ordered = slots.stream().sorted(Comparator.comparing(TimeSlot::timeSlotId)).toList();
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.<Object>asList(
                    column(ordered, TimeSlot::timeSlotId, new UUID[0]),
                    column(ordered, TimeSlot::productId, new String[0]),
                    column(ordered, TimeSlot::siteId, new String[0]),
                    column(ordered, TimeSlot::date, new LocalDate[0]),
                    times(ordered, TimeSlot.Times::start),
                    times(ordered, TimeSlot.Times::end),
                    times(ordered, TimeSlot.Times::entryOpens),
                    times(ordered, TimeSlot.Times::entryCloses))))
        .map(
            rows ->
                rows.stream()
                    .map(row -> row.getUUID("time_slot_id"))
                    .collect(Collectors.toCollection(HashSet::new)));
  }

  static Uni<List<TimeSlot>> ofDay(
      SqlClient client, String productId, LocalDate date, Instant after, int limit) {
    return client
        .preparedQuery(OF_DAY)
        .execute(Tuple.of(productId, date, database(after), limit))
        .map(rows -> rows.stream().map(TimeSlotRepository::slot).toList());
  }

  static Uni<Boolean> productExists(SqlClient client, String productId) {
    return client
        .preparedQuery(PRODUCT_EXISTS)
        .execute(Tuple.of(productId))
        .map(rows -> rows.size() > 0);
  }

  /** The slot of a row that has the columns of time_slot. */
  public static TimeSlot slot(Row row) {
    return new TimeSlot(
        row.getUUID("time_slot_id"),
        row.getString("product_id"),
        row.getString("site_id"),
        row.getLocalDate("slot_date"),
        new TimeSlot.Times(
            instant(row, "start_time"),
            instant(row, "end_time"),
            instant(row, "entry_open_time"),
            instant(row, "entry_close_time")));
  }

  private static SiteTemplate template(Row row) {
    return new SiteTemplate(
        new SlotTemplate(
            row.getString("product_id"),
            row.getString("site_id"),
            Arrays.stream(row.getArrayOfShorts("weekdays"))
                .map(Short::intValue)
                .collect(Collectors.toSet()),
            row.getLocalTime("first_start"),
            row.getInteger("slot_minutes"),
            row.getInteger("slot_count"),
            row.getInteger("quota"),
            row.getInteger("early_minutes"),
            row.getInteger("late_minutes")),
        row.getInteger("daily_capacity"));
  }

  private static <T> T[] column(List<TimeSlot> slots, Function<TimeSlot, T> value, T[] type) {
    return slots.stream().map(value).toList().toArray(type);
  }

  private static OffsetDateTime[] times(
      List<TimeSlot> slots, Function<TimeSlot.Times, Instant> value) {
    return slots.stream()
        .map(slot -> database(value.apply(slot.times())))
        .toArray(OffsetDateTime[]::new);
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
