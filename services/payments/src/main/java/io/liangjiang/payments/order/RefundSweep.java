package io.liangjiang.payments.order;

import io.liangjiang.payments.sweep.Sweep;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Goes on with refunds that are still on their way. */
@ApplicationScoped
class RefundSweep {
  private final Database database;
  private final RefundRepository repository;
  private final ChannelRefunds refunds;
  private final InstantSource clock;

  RefundSweep(
      Database database, RefundRepository repository, ChannelRefunds refunds, InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.refunds = refunds;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> driveRefunds() {
    return Sweep.each(
        repository.takeDue(database.client(), clock.instant(), Sweep.LIMIT),
        "refund",
        OrderRefund::id,
        refund -> refunds.drive(refund.id()).replaceWithVoid());
  }
}
