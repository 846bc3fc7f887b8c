package io.liangjiang.payments.collect;

import io.liangjiang.payments.sweep.Sweep;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/**
 * Asks the channel about attempts whose call-back has not come, and ends those whose time is up.
 */
@ApplicationScoped
class ChannelPaymentSweep {
  private final Database database;
  private final ChannelPaymentRepository repository;
  private final ChannelPayments payments;
  private final InstantSource clock;

  ChannelPaymentSweep(
      Database database,
      ChannelPaymentRepository repository,
      ChannelPayments payments,
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
        "channel payment",
        ChannelPayment::id,
        this::drive);
  }

  private Uni<Void> drive(ChannelPayment payment) {
    boolean timeIsUp = clock.instant().isAfter(payment.expireTime());
    return timeIsUp ? payments.finish(payment) : payments.check(payment);
  }
}
