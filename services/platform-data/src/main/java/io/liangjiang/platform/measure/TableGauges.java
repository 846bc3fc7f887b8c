package io.liangjiang.platform.measure;

import io.liangjiang.platform.data.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Asks the questions one after the other and keeps the answers for the next scrape. */
@ApplicationScoped
public class TableGauges {
  private record Asked(TableGauge question, MultiGauge gauge) {}

  private final Database database;
  private final List<Asked> gauges;

  TableGauges(Database database, MeterRegistry meters, @All List<TableGauge> questions) {
    this.database = database;
    this.gauges =
        questions.stream()
            .map(question -> new Asked(question, gauge(question).register(meters)))
            .toList();
  }

  /** A database that is away leaves the answers of before: readiness and the log tell of it. */
  @Scheduled(
      every = "${liangjiang.metrics.tables-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> ask() {
    return Multi.createFrom()
        .iterable(gauges)
        .onItem()
        .transformToUniAndConcatenate(this::ask)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> ask(Asked asked) {
    return database
        .client()
        .query(asked.question.sql())
        .execute()
        .invoke(rows -> asked.gauge.register(rows(asked.question.tag(), rows), true))
        .replaceWithVoid();
  }

  private static List<MultiGauge.Row<?>> rows(String tag, RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .<MultiGauge.Row<?>>map(
            row -> MultiGauge.Row.of(Tags.of(tag, row.getString(0)), row.getLong(1)))
        .toList();
  }

  private static MultiGauge.Builder gauge(TableGauge question) {
    return MultiGauge.builder(question.name()).description(question.description());
  }
}
