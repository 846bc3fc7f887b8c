package io.liangjiang.platform.events;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * The newest deleted event of each type. A reader whose types were deleted after its position has
 * missed something, and is refused; one whose types are rare may have an old position and have
 * missed nothing.
 */
@ApplicationScoped
class Horizon {
  private static final String AFTER =
      """
      select 1 from outbox_horizon
      where (transaction_id, event_seq) > ($1::text::xid8, $2)
        and (cardinality($3::text[]) = 0 or event_type = any ($3)) limit 1
      """;
  private static final String SINCE =
      """
      select 1 from outbox_horizon
      where event_time >= $1 and (cardinality($2::text[]) = 0 or event_type = any ($2)) limit 1
      """;

  private final Database database;

  Horizon(Database database) {
    this.database = database;
  }

  /** Errors: EVENTS_DELETED. Never for the start, which is the first event that is kept. */
  Uni<Void> requireAfter(Cursor cursor, String[] types) {
    return cursor.isStart()
        ? Uni.createFrom().voidItem()
        : require(AFTER, Tuple.from(List.of(cursor.transactionId(), cursor.sequence(), types)));
  }

  /** Errors: EVENTS_DELETED. */
  Uni<Void> requireSince(Instant time, String[] types) {
    return require(SINCE, Tuple.from(List.of(ProtoTime.database(time), types)));
  }

  static ServiceException deleted() {
    return new ServiceException(
        PlatformReason.EVENTS_DELETED, "events after this position were deleted as too old");
  }

  private Uni<Void> require(String sql, Tuple parameters) {
    return database
        .client()
        .preparedQuery(sql)
        .execute(parameters)
        .invoke(Horizon::requireNone)
        .replaceWithVoid();
  }

  private static void requireNone(RowSet<Row> deleted) {
    if (deleted.size() > 0) {
      throw deleted();
    }
  }
}
