package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.Collector;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.PaymentOrderSucceeded;
import io.liangjiang.platform.events.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/** What happens when money for an order has come, or cannot come any more. */
@ApplicationScoped
class PaidOrders implements Collector {
  private final OrderRepository repository;
  private final RefundRepository refunds;
  private final Merchants merchants;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final Outbox outbox;
  private final InstantSource clock;

  PaidOrders(
      OrderRepository repository,
      RefundRepository refunds,
      Merchants merchants,
      SystemAccounts systemAccounts,
      Journal journal,
      Outbox outbox,
      InstantSource clock) {
    this.repository = repository;
    this.refunds = refunds;
    this.merchants = merchants;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public boolean owns(ChannelPayment payment) {
    return payment.orderId() != null;
  }

  @Override
  public Uni<Void> collected(SqlConnection tx, ChannelPayment payment) {
    return repository
        .lock(tx, orderOf(payment))
        .chain(
            order -> order.isOpen() ? book(tx, order, payment) : giveBackLate(tx, order, payment));
  }

  @Override
  public Uni<Void> closed(SqlConnection tx, ChannelPayment payment) {
    return repository
        .lock(tx, orderOf(payment))
        .chain(
            order ->
                order.state() == State.PENDING
                    ? repository.writeState(
                        tx, OrderStates.of(order, State.CREATED, Channel.CHANNEL_UNSPECIFIED, null))
                    : Uni.createFrom().voidItem());
  }

  /** Marks a locked order as paid and says so. */
  Uni<Order> markPaid(SqlConnection tx, Order order, Channel channel) {
    Order paid = OrderStates.of(order, State.SUCCEEDED, channel, clock.instant());
    var event =
        PaymentOrderSucceeded.newBuilder()
            .setPaymentOrderId(order.id().toString())
            .setBusinessReference(order.businessReference())
            .setAmount(Amounts.cny(order.amountMinor()))
            .setCreatedBy(order.createdBy())
            .build();
    return repository
        .writeState(tx, paid)
        .chain(
            () -> outbox.append(tx, "payments.PaymentOrderSucceeded", order.id().toString(), event))
        .replaceWith(paid);
  }

  private Uni<Void> book(SqlConnection tx, Order order, ChannelPayment payment) {
    return journal
        .move(
            tx,
            systemAccounts.collectedBy(tx, payment.channel()),
            merchants.accountOf(tx, order.merchantId()),
            (channel, merchant) ->
                TransferReason.PAYMENT.posting(
                    payment.id(), channel, merchant, payment.amountMinor()))
        .chain(() -> markPaid(tx, order, payment.channel()))
        .replaceWithVoid();
  }

  /** The order was closed or paid otherwise meanwhile: the money goes straight back. */
  private Uni<Void> giveBackLate(SqlConnection tx, Order order, ChannelPayment payment) {
    return journal
        .move(
            tx,
            systemAccounts.collectedBy(tx, payment.channel()),
            systemAccounts.refundsOf(tx, payment.channel()),
            (channel, setAside) ->
                TransferReason.LATE_PAYMENT.posting(
                    payment.id(), channel, setAside, payment.amountMinor()))
        .chain(() -> refunds.insert(tx, OrderRefund.late(order, payment, clock.instant())));
  }

  private static UUID orderOf(ChannelPayment payment) {
    UUID orderId = payment.orderId();
    if (orderId == null) {
      throw new IllegalArgumentException("not for an order");
    }
    return orderId;
  }
}
