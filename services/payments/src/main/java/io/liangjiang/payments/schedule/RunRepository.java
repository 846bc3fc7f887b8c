package io.liangjiang.payments.schedule;

import io.liangjiang.payments.schedule.ScheduledRun.Outcome;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;

/** SQL of scheduled runs. */
@ApplicationScoped
class RunRepository {
  private static final int MAX_MISSED_DAYS = 31;

  /** The first run ever is that of the day; later ones follow without a gap, of a month at most. */
  private static final String EXPECT =
      """
      insert into scheduled_run (run_date, lease_until)
      select day::date, $2 from generate_series(
        greatest((select coalesce(max(run_date) + 1, $1::date) from scheduled_run), $1::date - $3::integer),
        $1::date, interval '1 day') as day
      on conflict do nothing
      """;

  private static final String CLAIM =
      """
      update scheduled_run set attempts = attempts + 1, lease_until = $2
      where run_date = (select run_date from scheduled_run where end_time is null
          order by run_date limit 1 for update)
        and lease_until <= $1 and end_time is null
      returning run_date, attempts
      """;
  private static final String KEEP =
      "update scheduled_run set lease_until = $3 where run_date = $1 and attempts = $2";
  private static final String END =
      """
      update scheduled_run set end_time = $3, settlements = settlements + $4, payouts = payouts + $5,
        failures = $6
      where run_date = $1 and attempts = $2 and end_time is null
      """;
  private static final String RELEASE =
      """
      update scheduled_run set settlements = settlements + $3, payouts = payouts + $4, failures = $5
      where run_date = $1 and attempts = $2 and end_time is null
      """;

  /** Writes down that the runs up to today's are to be done. */
  Uni<Void> expect(SqlClient client, LocalDate today, Instant now) {
    return client
        .preparedQuery(EXPECT)
        .execute(Tuple.of(today, ProtoTime.database(now), MAX_MISSED_DAYS))
        .replaceWithVoid();
  }

  /** Takes the first run that is open, unless another replica holds it; at most one. */
  Uni<List<ScheduledRun>> claim(SqlClient client, Instant now, Instant leaseUntil) {
    return client
        .preparedQuery(CLAIM)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(leaseUntil)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new ScheduledRun(row.getLocalDate(0), row.getInteger(1)))
                    .toList());
  }

  /** Holds a run for longer. */
  Uni<Void> keep(SqlClient client, ScheduledRun run, Instant leaseUntil) {
    return client
        .preparedQuery(KEEP)
        .execute(Tuple.of(run.date(), run.attempts(), ProtoTime.database(leaseUntil)))
        .replaceWithVoid();
  }

  /** The run is done. */
  Uni<Void> end(SqlClient client, ScheduledRun run, Instant now, Outcome outcome) {
    return client
        .preparedQuery(END)
        .execute(
            Tuple.of(
                run.date(),
                run.attempts(),
                ProtoTime.database(now),
                outcome.settlements(),
                outcome.payouts(),
                outcome.failures()))
        .replaceWithVoid();
  }

  /** Some merchants failed: it is tried again when the lease is over. */
  Uni<Void> leaveOpen(SqlClient client, ScheduledRun run, Outcome outcome) {
    return client
        .preparedQuery(RELEASE)
        .execute(
            Tuple.of(
                run.date(),
                run.attempts(),
                outcome.settlements(),
                outcome.payouts(),
                outcome.failures()))
        .replaceWithVoid();
  }
}
