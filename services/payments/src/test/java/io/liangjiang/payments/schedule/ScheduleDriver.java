package io.liangjiang.payments.schedule;

import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;

/** Lets tests of other packages say when the city's clock ticks, and look at its runs. */
@Dependent
public class ScheduleDriver {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final int TRIES = 12;
  private static final int SERVER_CLOSES_MILLIS = 5_000;
  private static final int MORE_THAN_THE_POOL_HAS = 60;

  @Inject RunSchedule schedule;
  @Inject Database database;

  public Uni<Void> tick() {
    return schedule.tick();
  }

  /** As if no run had ever been due. */
  public void forget() {
    query("delete from scheduled_run");
  }

  /** Each run by its date, and whether it has ended. */
  public List<String> runs() {
    return query(
        "select run_date || case when end_time is null then ' open' else ' ended' end"
            + " from scheduled_run order by 1");
  }

  /** How often the run of a date was begun. */
  public int attempts(LocalDate date) {
    return Integer.parseInt(
        query("select attempts::text from scheduled_run where run_date = '" + date + "'")
            .getFirst());
  }

  /**
   * Cuts every connection to the database, whatever it is in the middle of; when this returns, the
   * server has closed them.
   */
  public void cutConnections() {
    query(
        "select pg_terminate_backend(pid, "
            + SERVER_CLOSES_MILLIS
            + ")::text from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
  }

  /** Until the pool has dropped all connections that were cut: each is asked, all at once. */
  public void awaitConnections() {
    List<Uni<List<String>>> asked =
        Collections.nCopies(MORE_THAN_THE_POOL_HAS, asking("select ''"));
    Uni.join().all(asked).andFailFast().await().atMost(LIMIT);
  }

  private List<String> query(String sql) {
    return asking(sql).await().atMost(LIMIT);
  }

  private Uni<List<String>> asking(String sql) {
    return Uni.createFrom()
        .deferred(() -> database.client().query(sql).execute())
        .onFailure()
        .retry()
        .withBackOff(FIRST_PAUSE)
        .atMost(TRIES)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString(0))
                    .toList());
  }
}
