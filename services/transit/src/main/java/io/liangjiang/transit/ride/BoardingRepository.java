package io.liangjiang.transit.ride;

import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
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

/**
 * Writes rides from taps, many a statement, with ids in order so that two writers cannot wait for
 * each other.
 */
@ApplicationScoped
public class BoardingRepository {
  private static final String LOCK =
      """
      select ride_id, tap_id, board_time, charge_start_time is not null as is_fixed from ride
      where ride_id = any ($1) order by ride_id for update
      """;

  /** The boardings as rows: one array a column. */
  private static final String BOARDINGS =
      """
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
          $7::text[], $8::text[], $9::timestamptz[], $10::text[], $11::text[], $12::bigint[],
          $13::text[], $14::text[])
        as b (ride_id, tap_id, citizen_id, operator_id, line_id, line_name, vehicle_id, stop_id,
          board_time, fare_product_id, rider_category, fare_minor, currency_code, fare_explanation)
      """;

  private static final String INSERT =
      """
      insert into ride (ride_id, tap_id, citizen_id, operator_id, line_id, line_name, vehicle_id,
        stop_id, board_time, fare_product_id, rider_category, fare_minor, currency_code,
        fare_explanation, charge_request_id, next_attempt_time)
      select b.*, gen_random_uuid(), $15
      """
          + BOARDINGS
          + " order by b.ride_id on conflict (ride_id) do nothing returning ride_id";

  private static final String MOVE =
      """
      update ride set tap_id = b.tap_id, operator_id = b.operator_id, line_id = b.line_id,
        line_name = b.line_name, vehicle_id = b.vehicle_id, stop_id = b.stop_id,
        board_time = b.board_time, fare_product_id = b.fare_product_id,
        rider_category = b.rider_category, fare_minor = b.fare_minor,
        currency_code = b.currency_code, fare_explanation = b.fare_explanation
      """
          + BOARDINGS
          + " where ride.ride_id = b.ride_id";

  /** Locks and reads those of the rides that are known. */
  public Uni<List<StandingRide>> lock(SqlConnection tx, Collection<UUID> rideIds) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.from(List.<Object>of((Object) rideIds.toArray(UUID[]::new))))
        .map(rows -> map(rows, BoardingRepository::standing));
  }

  /**
   * Makes rides that are due for charging now; yields the ids of those that nobody else has made
   * meanwhile.
   */
  public Uni<List<UUID>> insert(SqlConnection tx, List<Boarding> boardings, Instant now) {
    return tx.preparedQuery(INSERT)
        .execute(columns(boardings).addValue(ProtoTime.database(now)))
        .map(rows -> map(rows, row -> row.getUUID("ride_id")));
  }

  /** Makes rides that are locked stand on another tap. */
  public Uni<Void> move(SqlConnection tx, List<Boarding> boardings) {
    return tx.preparedQuery(MOVE).execute(columns(boardings)).replaceWithVoid();
  }

  private static Tuple columns(List<Boarding> boardings) {
    List<Boarding> sorted =
        boardings.stream().sorted(Comparator.comparing(Boarding::rideId)).toList();
    return Tuple.tuple()
        .addValue(column(sorted, UUID[]::new, Boarding::rideId))
        .addValue(column(sorted, UUID[]::new, Boarding::tapId))
        .addValue(column(sorted, UUID[]::new, Boarding::citizenId))
        .addValue(column(sorted, String[]::new, b -> b.fare().line().operatorId()))
        .addValue(column(sorted, String[]::new, b -> b.fare().line().lineId()))
        .addValue(column(sorted, String[]::new, b -> b.fare().line().name()))
        .addValue(column(sorted, String[]::new, Boarding::vehicleId))
        .addValue(column(sorted, String[]::new, Boarding::stopId))
        .addValue(column(sorted, OffsetDateTime[]::new, b -> ProtoTime.database(b.boardTime())))
        .addValue(column(sorted, String[]::new, b -> b.fare().product().fareProductId()))
        .addValue(column(sorted, String[]::new, b -> b.fare().product().riderCategory()))
        .addValue(column(sorted, Long[]::new, b -> b.fare().product().amountMinor()))
        .addValue(column(sorted, String[]::new, b -> b.fare().product().currencyCode()))
        .addValue(column(sorted, String[]::new, b -> b.fare().explanation()));
  }

  private static <T> T[] column(
      List<Boarding> boardings, IntFunction<T[]> array, Function<Boarding, T> value) {
    return boardings.stream().map(value).toArray(array);
  }

  private static StandingRide standing(Row row) {
    return new StandingRide(
        row.getUUID("ride_id"),
        row.getUUID("tap_id"),
        row.getOffsetDateTime("board_time").toInstant(),
        row.getBoolean("is_fixed"));
  }

  private static <T> List<T> map(Iterable<Row> rows, Function<Row, T> mapper) {
    return StreamSupport.stream(rows.spliterator(), false).map(mapper).toList();
  }
}
