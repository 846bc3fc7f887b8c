package io.liangjiang.payments.payout;

import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Asks the bank again about payouts that are still under way. */
@ApplicationScoped
class PayoutSweep {
  private static final Logger LOG = Logger.getLogger(PayoutSweep.class);
  private static final int LIMIT = 100;

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
    return repository
        .takeDue(database.client(), clock.instant(), LIMIT)
        .onItem()
        .transformToMulti(due -> Multi.createFrom().iterable(due))
        .onItem()
        .transformToUniAndConcatenate(this::drive)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> drive(MerchantPayout payout) {
    return payouts
        .drive(payout)
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.warnf("payout %s: %s", payout.id(), failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }
}
