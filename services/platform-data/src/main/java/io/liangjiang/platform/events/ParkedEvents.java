package io.liangjiang.platform.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.v1.Event;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The events of one group that were put aside and that an operator wants applied after all. The
 * effect and the note that it happened commit together, so that it happens once among all replicas.
 */
final class ParkedEvents {
  private static final Logger LOG = Logger.getLogger(ParkedEvents.class);
  private static final int MAX_FAILURE_TEXT = 1_000;

  /** Decisions are numbered from 1. */
  private static final long NONE = 0;

  private static final String NEXT =
      """
      select decision_id, event
      from parked_event_decision join parked_event using (consumer_group, event_id)
      where consumer_group = $1 and decision = 'REPLAY' and outcome is null and end_time is null
      order by park_time, event_id limit 1
      for update skip locked
      """;
  private static final String END =
      """
      with decided as (
        update parked_event_decision set outcome = 'REPLAYED', outcome_time = now()
        where decision_id = $1 returning consumer_group, event_id)
      update parked_event set end_time = now() from decided
      where parked_event.consumer_group = decided.consumer_group
        and parked_event.event_id = decided.event_id
      """;
  private static final String FAIL =
      """
      update parked_event_decision set outcome = 'FAILED', outcome_time = now(), failure = $2
      where decision_id = $1 and outcome is null
      """;

  private final Database database;
  private final Subscription subscription;

  ParkedEvents(Database database, Subscription subscription) {
    this.database = database;
    this.subscription = subscription;
  }

  /** Applies all that are wanted, the oldest first; one that fails waits for the next decision. */
  Uni<Void> replay() {
    return Multi.createBy()
        .repeating()
        .uni(this::replayNext)
        .whilst(found -> found)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Boolean> replayNext() {
    AtomicLong decision = new AtomicLong(NONE);
    return database
        .inTransaction(tx -> apply(tx, decision))
        .onFailure(failure -> decision.get() != NONE && !DatabaseErrors.isUnreachable(failure))
        .recoverWithUni(failure -> fail(decision.get(), failure));
  }

  private Uni<Boolean> apply(SqlConnection tx, AtomicLong decision) {
    return tx.preparedQuery(NEXT)
        .execute(Tuple.of(subscription.group()))
        .chain(
            rows -> {
              if (rows.size() == 0) {
                return Uni.createFrom().item(false);
              }
              Row row = rows.iterator().next();
              decision.set(row.getLong("decision_id"));
              return subscription
                  .handler()
                  .handle(tx, event(row))
                  .chain(() -> tx.preparedQuery(END).execute(Tuple.of(decision.get())))
                  .replaceWith(true);
            });
  }

  private static Event event(Row row) {
    try {
      return Event.parseFrom(row.getBuffer("event").getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a parked event cannot be read", e);
    }
  }

  private Uni<Boolean> fail(long decision, Throwable failure) {
    LOG.errorf(failure, "the replay %d of a parked event failed", decision);
    String text = String.valueOf(failure);
    return database
        .client()
        .preparedQuery(FAIL)
        .execute(Tuple.of(decision, text.substring(0, Math.min(text.length(), MAX_FAILURE_TEXT))))
        .replaceWith(true);
  }
}
