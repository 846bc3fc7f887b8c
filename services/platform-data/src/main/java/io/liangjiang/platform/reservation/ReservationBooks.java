package io.liangjiang.platform.reservation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Checks that every pool's kept sums are the sums of its live reservations; for tests and for an
 * operator in doubt.
 */
@ApplicationScoped
public class ReservationBooks {
  private static final String DIFFERENCES =
      """
      with live as (
        select pool_id,
               coalesce(sum(quantity) filter (where not booked), 0) as held,
               coalesce(sum(quantity) filter (where booked), 0) as booked
        from reservation group by pool_id
      )
      select p.pool_id, p.held, p.booked,
             coalesce(live.held, 0) as live_held, coalesce(live.booked, 0) as live_booked
      from reservation_pool p left join live on live.pool_id = p.pool_id
      where p.held <> coalesce(live.held, 0) or p.booked <> coalesce(live.booked, 0)
      order by p.pool_id limit $1
      """;

  /** A pool whose sums are wrong: what it keeps, and what its live reservations add up to. */
  public record Difference(
      String poolId, int keptHeld, int keptBooked, long liveHeld, long liveBooked) {}

  /**
   * At most `limit` pools whose sums are wrong, by id; empty when the books are right. Reads one
   * snapshot.
   */
  public Uni<List<Difference>> differences(SqlClient client, int limit) {
    return client
        .preparedQuery(DIFFERENCES)
        .execute(Tuple.of(limit))
        .map(rows -> rows.stream().map(ReservationBooks::difference).toList());
  }

  private static Difference difference(Row row) {
    return new Difference(
        row.getString("pool_id"),
        row.getInteger("held"),
        row.getInteger("booked"),
        row.getLong("live_held"),
        row.getLong("live_booked"));
  }
}
