package io.liangjiang.transit.ride;

import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads rides; always those of one citizen. */
@ApplicationScoped
public class RideRepository {
  private static final String LIST =
      """
      select * from ride where citizen_id = $1 and (board_time, ride_id) < ($2, $3)
      order by board_time desc, ride_id desc limit $4
      """;
  private static final String FIND =
      """
      select * from ride where citizen_id = $1 and ride_id = any ($2)
      order by board_time desc, ride_id desc
      """;
  private static final String OVERDUE =
      """
      select count(*) as ride_count, coalesce(sum(fare_minor), 0)::bigint as amount_minor,
        coalesce(min(currency_code), 'CNY') as currency_code
      from ride where citizen_id = $1 and state = 'PAY_FAIL'
      """;

  /** Up to {@code limit} rides before a position, newest first. */
  Uni<List<Ride>> list(SqlClient client, UUID citizenId, Position before, int limit) {
    return client
        .preparedQuery(LIST)
        .execute(
            Tuple.of(citizenId, ProtoTime.database(before.boardTime()), before.rideId(), limit))
        .map(RideRows::rides);
  }

  /** Those of the rides that are the citizen's, newest first. */
  Uni<List<Ride>> find(SqlClient client, UUID citizenId, Collection<UUID> rideIds) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.from(List.<Object>of(citizenId, rideIds.toArray(UUID[]::new))))
        .map(RideRows::rides);
  }

  Uni<Overdue> overdue(SqlClient client, UUID citizenId) {
    return client
        .preparedQuery(OVERDUE)
        .execute(Tuple.of(citizenId))
        .map(rows -> overdue(rows.iterator().next()));
  }

  private static Overdue overdue(Row row) {
    return new Overdue(
        row.getLong("ride_count").intValue(),
        row.getLong("amount_minor"),
        row.getString("currency_code"));
  }

  /**
   * A place in the list.
   *
   * @param boardTime first by time
   * @param rideId then by id
   */
  record Position(Instant boardTime, UUID rideId) {
    // PostgreSQL compares UUIDs byte by byte, so this is the greatest of them.
    static final Position END =
        new Position(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
  }
}
