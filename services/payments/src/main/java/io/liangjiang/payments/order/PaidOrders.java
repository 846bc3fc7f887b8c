package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.Collector;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.stream.Stream;

/** What happens when money for an order has come, or cannot come any more. */
@ApplicationScoped
class PaidOrders implements Collector {
  private final OrderRepository repository;
  private final RefundRepository refunds;
  private final Merchants merchants;
  private final Deductions deductions;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final OrderNews news;

  PaidOrders(
      OrderRepository repository,
      RefundRepository refunds,
      Merchants merchants,
      Deductions deductions,
      SystemAccounts systemAccounts,
      Journal journal,
      OrderNews news) {
    this.repository = repository;
    this.refunds = refunds;
    this.merchants = merchants;
    this.deductions = deductions;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.news = news;
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

  private Uni<Void> book(SqlConnection tx, Order order, ChannelPayment payment) {
    return Uni.combine()
        .all()
        .unis(
            systemAccounts.collectedBy(tx, payment.channel()),
            merchants.find(tx, order.merchantId()))
        .asTuple()
        .chain(found -> book(tx, payment, order, found.getItem1(), found.getItem2()))
        .chain(() -> news.markPaid(tx, order, payment.channel()))
        .replaceWithVoid();
  }

  private Uni<Void> book(
      SqlConnection tx, ChannelPayment payment, Order order, long channel, Merchant merchant) {
    var gross =
        TransferReason.PAYMENT.posting(
            payment.id(), channel, merchant.accountId(), payment.amountMinor());
    return deductions
        .withPayment(tx, order.id(), merchant, order.amountMinor())
        .call(
            change ->
                journal.post(
                    tx, Stream.concat(Stream.of(gross), change.postings().stream()).toList()))
        .chain(change -> deductions.write(tx, change));
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
        .chain(() -> refunds.insert(tx, OrderRefund.late(order, payment, news.now())));
  }

  private static UUID orderOf(ChannelPayment payment) {
    UUID orderId = payment.orderId();
    if (orderId == null) {
      throw new IllegalArgumentException("not for an order");
    }
    return orderId;
  }
}
