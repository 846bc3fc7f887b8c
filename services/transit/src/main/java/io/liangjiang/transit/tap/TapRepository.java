package io.liangjiang.transit.tap;

import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.tap.Judgement.Good;
import io.liangjiang.transit.tap.TapAnswer.KeptTap;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;

/** The table of taps whose code was good. */
@ApplicationScoped
public class TapRepository {
  private static final String FIND =
      "select tap_id, content_digest, ride_id, is_copy from tap where tap_id = any ($1)";
  private static final String INSERT =
      """
      insert into tap (tap_id, ride_id, content_digest, operator_id, line_id, vehicle_id, stop_id,
        tap_time, receive_time)
      select t.*, $9
      from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[], $5::text[], $6::text[],
          $7::text[], $8::timestamptz[])
        as t (tap_id, ride_id, content_digest, operator_id, line_id, vehicle_id, stop_id, tap_time)
      order by t.tap_id on conflict (tap_id) do nothing returning tap_id
      """;
  private static final String MARK_COPIES = "update tap set is_copy = true where tap_id = any ($1)";

  Uni<List<KeptTap>> find(SqlConnection tx, Collection<UUID> tapIds) {
    if (tapIds.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(FIND)
        .execute(ids(tapIds))
        .map(rows -> map(rows, TapRepository::keptTap));
  }

  /** Keeps taps; yields the ids of those that nobody else has kept meanwhile. */
  Uni<List<UUID>> insert(SqlConnection tx, Collection<Good> taps, Instant now) {
    List<Good> sorted =
        taps.stream().sorted(Comparator.comparing(good -> good.tap().tapId())).toList();
    Tuple columns =
        Tuple.tuple()
            .addValue(column(sorted, UUID[]::new, good -> good.tap().tapId()))
            .addValue(column(sorted, UUID[]::new, good -> good.boarding().rideId()))
            .addValue(column(sorted, Buffer[]::new, good -> Buffer.buffer(good.tap().digest())))
            .addValue(column(sorted, String[]::new, good -> good.tap().operatorId()))
            .addValue(column(sorted, String[]::new, good -> good.tap().lineId()))
            .addValue(column(sorted, String[]::new, good -> good.tap().vehicleId()))
            .addValue(column(sorted, String[]::new, good -> good.tap().stopId()))
            .addValue(
                column(
                    sorted,
                    OffsetDateTime[]::new,
                    good -> ProtoTime.database(good.tap().tapTime())))
            .addValue(ProtoTime.database(now));
    return tx.preparedQuery(INSERT)
        .execute(columns)
        .map(rows -> map(rows, row -> row.getUUID("tap_id")));
  }

  Uni<Void> markCopies(SqlConnection tx, Collection<UUID> tapIds) {
    return tx.preparedQuery(MARK_COPIES).execute(ids(tapIds)).replaceWithVoid();
  }

  private static Tuple ids(Collection<UUID> ids) {
    return Tuple.from(List.<Object>of((Object) ids.stream().sorted().toArray(UUID[]::new)));
  }

  private static <T> T[] column(List<Good> taps, IntFunction<T[]> array, Function<Good, T> value) {
    return taps.stream().map(value).toArray(array);
  }

  private static KeptTap keptTap(Row row) {
    return new KeptTap(
        row.getUUID("tap_id"),
        row.getBuffer("content_digest").getBytes(),
        row.getUUID("ride_id"),
        row.getBoolean("is_copy"));
  }

  private static <T> List<T> map(Iterable<Row> rows, Function<Row, T> mapper) {
    return StreamSupport.stream(rows.spliterator(), false).map(mapper).toList();
  }
}
