package io.liangjiang.platform.parkedevent;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows, and the functions by which operators decide also without this process. */
@ApplicationScoped
class ParkedEventRepository {
  private static final String LIST =
      """
      select consumer_group, event_id, event, failure, park_time, end_time,
        (select coalesce(outcome, 'REPLAYING') from parked_event_decision decided
         where decided.consumer_group = parked.consumer_group and decided.event_id = parked.event_id
           and outcome is distinct from 'FAILED'
         order by decision_id desc limit 1) as state
      from parked_event parked
      where (park_time, event_id, consumer_group) > ($1, $2, $3) %s
      order by park_time, event_id, consumer_group limit $4
      """;
  private static final String LIST_ALL = LIST.formatted("");
  private static final String LIST_OPEN = LIST.formatted("and end_time is null");
  private static final String LIST_DECISIONS =
      """
      select * from parked_event_decision
      where decision_id < $1 and ($2::uuid is null or event_id = $2)
      order by decision_id desc limit $3
      """;
  private static final String REPLAY = "select * from replay_parked_event($1, $2, $3)";
  private static final String DROP = "select * from drop_parked_event($1, $2, $3)";
  private static final String OPEN_DECISION = "parked_event_decision_open";
  private static final String HOW_FAR =
      "select end_time is null as open from parked_event where event_id = $1 order by open desc";

  private static final UUID FIRST_ID = new UUID(0, 0);

  /**
   * What somebody decides.
   *
   * @param operator who; at most 100 characters
   * @param reason why; 1 to 500 characters
   */
  record Wish(UUID eventId, String operator, String reason) {}

  private final Database database;

  ParkedEventRepository(Database database) {
    this.database = database;
  }

  Uni<List<Row>> list(boolean includeOver, Page page) {
    Instant after = page.isFirst() ? Instant.EPOCH : page.keyInstant(0);
    UUID afterId = page.isFirst() ? FIRST_ID : page.keyUuid(1);
    String afterGroup = page.isFirst() ? "" : page.keyText(2);
    return database
        .client()
        .preparedQuery(includeOver ? LIST_ALL : LIST_OPEN)
        .execute(Tuple.of(ProtoTime.database(after), afterId, afterGroup, page.limit()))
        .map(ParkedEventRepository::rows);
  }

  /** Decisions about one event, or about all. */
  Uni<List<Row>> listDecisions(@Nullable UUID eventId, Page page) {
    long before = page.isFirst() ? Long.MAX_VALUE : page.keyLong(0);
    return database
        .client()
        .preparedQuery(LIST_DECISIONS)
        .execute(Tuple.of(before, eventId, page.limit()))
        .map(ParkedEventRepository::rows);
  }

  /** The decisions, one a group; none when the event is unknown or over. */
  Uni<List<Row>> replay(SqlConnection tx, Wish wish) {
    return decide(tx, REPLAY, wish);
  }

  /** The decisions, one a group; none when the event is unknown, over or about to be replayed. */
  Uni<List<Row>> drop(SqlConnection tx, Wish wish) {
    return decide(tx, DROP, wish);
  }

  /** Whether it is still to be decided, for each group that parked it, open ones first. */
  Uni<List<Boolean>> areOpen(SqlConnection tx, UUID eventId) {
    return tx.preparedQuery(HOW_FAR)
        .execute(Tuple.of(eventId))
        .map(found -> rows(found).stream().map(row -> row.getBoolean("open")).toList());
  }

  /** Whether a decision failed because a replay was decided before. */
  static boolean isUnderWay(Throwable failure) {
    return DatabaseErrors.isUniqueViolation(failure, OPEN_DECISION);
  }

  private static Uni<List<Row>> decide(SqlConnection tx, String sql, Wish wish) {
    return tx.preparedQuery(sql)
        .execute(Tuple.of(wish.eventId(), wish.operator(), wish.reason()))
        .map(ParkedEventRepository::rows);
  }

  private static List<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }
}
