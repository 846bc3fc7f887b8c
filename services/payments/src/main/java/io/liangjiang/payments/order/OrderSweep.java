package io.liangjiang.payments.order;

import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Closes orders whose time is up, and goes on with refunds that are still on their way. */
@ApplicationScoped
class OrderSweep {
  private static final Logger LOG = Logger.getLogger(OrderSweep.class);
  private static final int LIMIT = 100;

  private final Database database;
  private final OrderRepository orders;
  private final RefundRepository refunds;
  private final Orders orderUseCases;
  private final CombinedOrderRepository combined;
  private final CombinedOrders combinedOrders;
  private final ChannelRefunds channelRefunds;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  OrderSweep(
      Database database,
      OrderRepository orders,
      RefundRepository refunds,
      Orders orderUseCases,
      CombinedOrderRepository combined,
      CombinedOrders combinedOrders,
      ChannelRefunds channelRefunds,
      InstantSource clock) {
    this.database = database;
    this.orders = orders;
    this.refunds = refunds;
    this.orderUseCases = orderUseCases;
    this.combined = combined;
    this.combinedOrders = combinedOrders;
    this.channelRefunds = channelRefunds;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> expireOrders() {
    return orders
        .expired(database.client(), clock.instant(), LIMIT)
        .onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found))
        .onItem()
        .transformToUniAndConcatenate(order -> quietly(orderUseCases.expire(order)))
        .collect()
        .last();
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> expireCombinedOrders() {
    return combined
        .expired(database.client(), clock.instant(), LIMIT)
        .onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found))
        .onItem()
        .transformToUniAndConcatenate(whole -> quietly(combinedOrders.expire(whole)))
        .collect()
        .last();
  }

  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> driveRefunds() {
    return refunds
        .takeDue(database.client(), clock.instant(), LIMIT)
        .onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found))
        .onItem()
        .transformToUniAndConcatenate(
            refund -> quietly(channelRefunds.drive(refund.id()).replaceWithVoid()))
        .collect()
        .last();
  }

  private static Uni<Void> quietly(Uni<Void> work) {
    return work.onFailure()
        .invoke(failure -> LOG.warnf("sweep: %s", failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }
}
