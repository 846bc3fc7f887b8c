package io.liangjiang.payments.order;

import io.liangjiang.payments.sweep.Sweep;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Closes orders whose time is up. */
@ApplicationScoped
class OrderSweep {
  private final Database database;
  private final OrderRepository repository;
  private final Orders orders;
  private final CombinedOrderRepository combinedRepository;
  private final CombinedOrders combinedOrders;
  private final InstantSource clock;

  OrderSweep(
      Database database,
      OrderRepository repository,
      Orders orders,
      CombinedOrderRepository combinedRepository,
      CombinedOrders combinedOrders,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.orders = orders;
    this.combinedRepository = combinedRepository;
    this.combinedOrders = combinedOrders;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> expireOrders() {
    return Sweep.each(
        repository.expired(database.client(), clock.instant(), Sweep.LIMIT),
        "order",
        Order::id,
        orders::expire);
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> expireCombinedOrders() {
    return Sweep.each(
        combinedRepository.expired(database.client(), clock.instant(), Sweep.LIMIT),
        "combined order",
        CombinedOrder::id,
        combinedOrders::expire);
  }
}
