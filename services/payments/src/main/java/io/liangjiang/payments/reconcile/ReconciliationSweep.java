package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.bill.Bills;
import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.sweep.Sweep;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;

/**
 * Opens each day when it is over, and fetches and matches its bills until nothing is open any more.
 */
@ApplicationScoped
class ReconciliationSweep {
  private static final int MAX_BILLS = 20;
  private static final int MAX_DAYS = 31;
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Bills bills;
  private final Reconciliation reconciliation;
  private final InstantSource clock;

  ReconciliationSweep(Bills bills, Reconciliation reconciliation, InstantSource clock) {
    this.bills = bills;
    this.reconciliation = reconciliation;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.payments.reconciliation-interval:1m}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = clock.instant();
    return openDays()
        .chain(
            () ->
                Sweep.each(
                    bills.takeDue(now, now.plus(LEASE), MAX_BILLS),
                    "bill",
                    bill -> bill.channel() + " " + bill.day(),
                    reconciliation::drive));
  }

  /** Every day since the newest that is known, yesterday at least; a month at most. */
  private Uni<Void> openDays() {
    LocalDate yesterday = BusinessDate.of(clock.instant()).minusDays(1);
    return bills
        .newestDay()
        .map(newest -> newest.map(day -> day.plusDays(1)).orElse(yesterday))
        .onItem()
        .transformToMulti(
            first ->
                first.isAfter(yesterday)
                    ? Multi.createFrom().<LocalDate>empty()
                    : Multi.createFrom()
                        .iterable(first.datesUntil(yesterday.plusDays(1)).limit(MAX_DAYS).toList()))
        .onItem()
        .transformToUniAndConcatenate(bills::expect)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
