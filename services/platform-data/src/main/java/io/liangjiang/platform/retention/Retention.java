package io.liangjiang.platform.retention;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.time.ProtoTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Deletes events and remembered requests that are too old. A batch is a transaction of its own
 * under a lock that one replica has at a time, and a sweep ends after so many, so that a table that
 * was never swept is emptied over an hour and not in one go.
 */
@Startup // its counters are there before the first sweep
@ApplicationScoped
public class Retention {
  static final int BATCH = 1_000;
  static final int MAX_BATCHES = 50;

  private static final String LOCK =
      "select pg_try_advisory_xact_lock(hashtextextended('liangjiang.retention', 0))";

  private final Database database;
  private final RetentionSettings settings;
  private final InstantSource clock;
  private final Counter events;
  private final Counter requests;

  Retention(
      Database database, RetentionSettings settings, InstantSource clock, MeterRegistry meters) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.events = counter(meters, Expired.EVENT);
    this.requests = counter(meters, Expired.REQUEST);
  }

  /** One sweep; what it leaves is the next one's. */
  @Scheduled(
      every = "${liangjiang.retention.sweep-every:1m}",
      delayed = "1m",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = clock.instant();
    return batches(Expired.EVENT, now.minus(settings.events()), events, MAX_BATCHES)
        .chain(
            () -> batches(Expired.REQUEST, now.minus(settings.requests()), requests, MAX_BATCHES));
  }

  private static Counter counter(MeterRegistry meters, Expired expired) {
    return Counter.builder("liangjiang.retention.deleted")
        .description("rows that were older than their retention")
        .tag("kind", expired.kind())
        .register(meters);
  }

  private Uni<Void> batches(Expired expired, Instant before, Counter deleted, int left) {
    return batch(expired, before)
        .invoke(rows -> deleted.increment(rows))
        .chain(
            rows ->
                rows == BATCH && left > 1
                    ? batches(expired, before, deleted, left - 1)
                    : Uni.createFrom().voidItem());
  }

  private Uni<Long> batch(Expired expired, Instant before) {
    return database.inTransaction(
        tx ->
            tx.query(LOCK)
                .execute()
                .chain(
                    locked ->
                        only(locked).getBoolean(0)
                            ? delete(tx, expired, before)
                            : Uni.createFrom().item(0L)));
  }

  private static Uni<Long> delete(SqlConnection tx, Expired expired, Instant before) {
    return tx.preparedQuery(expired.sql())
        .execute(Tuple.of(ProtoTime.database(before), BATCH))
        .map(counted -> only(counted).getLong(0));
  }

  private static Row only(RowSet<Row> rows) {
    return rows.iterator().next();
  }
}
