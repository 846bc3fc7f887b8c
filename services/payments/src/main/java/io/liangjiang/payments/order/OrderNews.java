package io.liangjiang.payments.order;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.PaymentOrderClosed;
import io.liangjiang.payments.v1.PaymentOrderSucceeded;
import io.liangjiang.payments.v1.RefundSucceeded;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.events.Outbox.Event;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Writes an order's end and tells the services, in one transaction. */
@ApplicationScoped
class OrderNews {
  private final OrderRepository repository;
  private final Outbox outbox;
  private final InstantSource clock;

  OrderNews(OrderRepository repository, Outbox outbox, InstantSource clock) {
    this.repository = repository;
    this.outbox = outbox;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  UUID newId() {
    return TimeOrderedId.next(clock);
  }

  /** Marks a locked order as paid and says so. */
  Uni<Order> markPaid(SqlConnection tx, Order order, Channel channel) {
    return markPaid(tx, List.of(order), channel).map(List::getFirst);
  }

  /** Marks locked orders as paid and says so; the orders as they are then. */
  Uni<List<Order>> markPaid(SqlConnection tx, List<Order> orders, Channel channel) {
    if (orders.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Order> paid =
        orders.stream().map(order -> OrderStates.of(order, State.SUCCEEDED, channel, now)).toList();
    return repository
        .writeState(tx, paid)
        .chain(() -> outbox.appendAll(tx, paid.stream().map(OrderNews::succeeded).toList()))
        .replaceWith(paid);
  }

  private static Event succeeded(Order order) {
    String id = order.id().toString();
    return new Event(
        "payments.PaymentOrderSucceeded",
        id,
        PaymentOrderSucceeded.newBuilder()
            .setPaymentOrderId(id)
            .setBusinessReference(order.businessReference())
            .setAmount(Amounts.cny(order.amountMinor()))
            .setCreatedBy(order.createdBy())
            .build());
  }

  /** Marks a locked order as closed and says so. */
  Uni<Order> markClosed(SqlConnection tx, Order order) {
    Order closed = OrderStates.of(order, State.CLOSED, Channel.CHANNEL_UNSPECIFIED, null);
    var event =
        PaymentOrderClosed.newBuilder()
            .setPaymentOrderId(order.id().toString())
            .setBusinessReference(order.businessReference())
            .setCreatedBy(order.createdBy())
            .build();
    return repository
        .writeState(tx, closed)
        .chain(() -> outbox.append(tx, "payments.PaymentOrderClosed", order.id().toString(), event))
        .replaceWith(closed);
  }

  /** Says that money has arrived back; of money that nobody asked back nobody hears. */
  Uni<Void> refunded(SqlConnection tx, Order order, OrderRefund refund) {
    if (refund.late()) {
      return Uni.createFrom().voidItem();
    }
    var event =
        RefundSucceeded.newBuilder()
            .setRefundId(refund.id().toString())
            .setPaymentOrderId(order.id().toString())
            .setBusinessReference(order.businessReference())
            .setAmount(Amounts.cny(refund.amountMinor()))
            .setCreatedBy(order.createdBy())
            .build();
    return outbox.append(tx, "payments.RefundSucceeded", refund.id().toString(), event);
  }
}
