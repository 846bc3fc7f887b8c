package io.liangjiang.payments.mixed;

import io.liangjiang.payments.sweep.Sweep;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Goes on with payments by insurance and cash that nobody waits for any more. */
@ApplicationScoped
class MixedSweep {
  private final Database database;
  private final MixedPaymentRepository repository;
  private final MixedPayments payments;
  private final InstantSource clock;

  MixedSweep(
      Database database,
      MixedPaymentRepository repository,
      MixedPayments payments,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.payments = payments;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return Sweep.each(
        repository.takeDue(database.client(), clock.instant(), Sweep.LIMIT),
        "mixed payment",
        id -> id,
        payments::drive);
  }
}
