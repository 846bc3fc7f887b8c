package io.liangjiang.payments.payout;

import io.liangjiang.payments.sweep.Sweep;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Asks the bank again about payouts that are still under way. */
@ApplicationScoped
class PayoutSweep {
  private final Database database;
  private final PayoutRepository repository;
  private final Payouts payouts;
  private final InstantSource clock;

  PayoutSweep(
      Database database, PayoutRepository repository, Payouts payouts, InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.payouts = payouts;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return Sweep.each(
        repository.takeDue(database.client(), clock.instant(), Sweep.LIMIT),
        "payout",
        MerchantPayout::id,
        payout -> payouts.drive(payout).replaceWithVoid());
  }
}
