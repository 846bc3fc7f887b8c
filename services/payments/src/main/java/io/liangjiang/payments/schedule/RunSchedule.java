package io.liangjiang.payments.schedule;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.payout.Payouts;
import io.liangjiang.payments.schedule.ScheduledRun.Outcome;
import io.liangjiang.payments.settlement.Settlements;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Settles and pays out each day at its time. Every step is safe to repeat, so a run that broke off
 * is simply done again: a merchant has one settlement a day, and one payout under way.
 */
@ApplicationScoped
class RunSchedule {
  private static final Logger LOG = Logger.getLogger(RunSchedule.class);

  private final Database database;
  private final RunRepository repository;
  private final Settlements settlements;
  private final Payouts payouts;
  private final RunSettings settings;
  private final InstantSource clock;

  RunSchedule(
      Database database,
      RunRepository repository,
      Settlements settlements,
      Payouts payouts,
      RunSettings settings,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.settlements = settlements;
    this.payouts = payouts;
    this.settings = settings;
    this.clock = clock;
  }

  /** Does the first run that is due and that no other replica holds; one a time. */
  @Scheduled(
      every = "${liangjiang.payments.run-interval:1m}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> tick() {
    return repository
        .expect(database.client(), lastDue(), clock.instant())
        .chain(
            () ->
                repository.claim(
                    database.client(), clock.instant(), clock.instant().plus(settings.lease())))
        .chain(this::runIfAny);
  }

  /** Today when its time has come, else yesterday. */
  private LocalDate lastDue() {
    ZonedDateTime now = clock.instant().atZone(BusinessDate.ZONE);
    return now.toLocalTime().isBefore(settings.time())
        ? now.toLocalDate().minusDays(1)
        : now.toLocalDate();
  }

  private Uni<Void> runIfAny(List<ScheduledRun> claimed) {
    return claimed.isEmpty() ? Uni.createFrom().voidItem() : run(claimed.getFirst());
  }

  private Uni<Void> run(ScheduledRun run) {
    return settle(run, "", Outcome.NOTHING)
        .chain(
            settled ->
                payouts.isSetUp() ? payOut(run, "", settled) : Uni.createFrom().item(settled))
        .chain(outcome -> finish(run, outcome));
  }

  private Uni<Outcome> settle(ScheduledRun run, String after, Outcome before) {
    return hold(run)
        .chain(() -> settlements.runAll(run.date(), after))
        .chain(
            page -> {
              Outcome now = before.settled(page.made().size(), page.failures().size());
              return page.nextAfter().isEmpty()
                  ? Uni.createFrom().item(now)
                  : settle(run, page.nextAfter(), now);
            });
  }

  private Uni<Outcome> payOut(ScheduledRun run, String after, Outcome before) {
    return hold(run)
        .chain(() -> payouts.runAll(after))
        .chain(
            page -> {
              Outcome now = before.paidOut(page.made().size(), page.failures().size());
              return page.nextAfter().isEmpty()
                  ? Uni.createFrom().item(now)
                  : payOut(run, page.nextAfter(), now);
            });
  }

  private Uni<Void> hold(ScheduledRun run) {
    return repository.keep(database.client(), run, clock.instant().plus(settings.lease()));
  }

  private Uni<Void> finish(ScheduledRun run, Outcome outcome) {
    if (outcome.failures() > 0 && !run.isLastAttempt()) {
      return repository.leaveOpen(database.client(), run, outcome);
    }
    LOG.infof("run of %s: %s", run.date(), outcome);
    return repository.end(database.client(), run, clock.instant(), outcome);
  }
}
