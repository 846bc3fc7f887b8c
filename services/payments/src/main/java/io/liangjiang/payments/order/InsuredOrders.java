package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.mixed.MixedOwner;
import io.liangjiang.payments.mixed.MixedPayment;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** What a payment by insurance and cash came to, for the order that it pays. */
@ApplicationScoped
class InsuredOrders implements MixedOwner {
  private final OrderRepository repository;
  private final RefundRepository refunds;
  private final ChannelPayments channelPayments;
  private final Merchants merchants;
  private final Deductions deductions;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final OrderNews news;

  InsuredOrders(
      OrderRepository repository,
      RefundRepository refunds,
      ChannelPayments channelPayments,
      Merchants merchants,
      Deductions deductions,
      SystemAccounts systemAccounts,
      Journal journal,
      OrderNews news) {
    this.repository = repository;
    this.refunds = refunds;
    this.channelPayments = channelPayments;
    this.merchants = merchants;
    this.deductions = deductions;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.news = news;
  }

  @Override
  public Uni<Void> completed(SqlConnection tx, MixedPayment payment) {
    return repository
        .lock(tx, payment.orderId())
        .invoke(order -> requireWaiting(order, payment))
        .call(
            order ->
                Uni.combine()
                    .all()
                    .unis(systemAccounts.mixedClearing(tx), merchants.find(tx, order.merchantId()))
                    .asTuple()
                    .chain(found -> book(tx, payment, order, found.getItem1(), found.getItem2())))
        .chain(order -> news.markPaid(tx, order, Channel.MEDICAL_INSURANCE))
        .replaceWithVoid();
  }

  /** An order leaves its attempt only when that has ended. */
  private static void requireWaiting(Order order, MixedPayment payment) {
    boolean fits = order.amountMinor() == payment.fees().paidMinor();
    if (!fits || order.state() != State.PENDING || order.channel() != Channel.MEDICAL_INSURANCE) {
      throw new IllegalStateException("order " + order.id() + " does not wait for " + payment);
    }
  }

  private Uni<Void> book(
      SqlConnection tx, MixedPayment payment, Order order, long clearing, Merchant merchant) {
    var gross =
        TransferReason.PAYMENT.posting(
            payment.transferId("payment"), clearing, merchant.accountId(), order.amountMinor());
    return deductions
        .withPayment(tx, order.id(), merchant, order.amountMinor())
        .call(
            change ->
                journal.post(
                    tx, Stream.concat(Stream.of(gross), change.postings().stream()).toList()))
        .chain(change -> deductions.write(tx, change));
  }

  @Override
  public Uni<Void> cashUnwanted(SqlConnection tx, MixedPayment payment) {
    return channelPayments
        .find(tx, payment.cashPaymentId())
        .chain(
            found -> {
              var cash = found.getFirst();
              return repository
                  .lock(tx, payment.orderId())
                  .chain(order -> refunds.insert(tx, OrderRefund.unwanted(order, cash, news.now())))
                  .chain(
                      () ->
                          journal.move(
                              tx,
                              systemAccounts.mixedClearing(tx),
                              systemAccounts.refundsOf(tx, cash.channel()),
                              (clearing, setAside) ->
                                  TransferReason.REFUND_SET_ASIDE.posting(
                                      payment.transferId("cash-back"),
                                      clearing,
                                      setAside,
                                      cash.amountMinor())));
            });
  }

  @Override
  public Uni<Void> ended(SqlConnection tx, MixedPayment payment) {
    return repository
        .lock(tx, payment.orderId())
        .chain(
            order ->
                order.state() == State.PENDING && order.channel() == Channel.MEDICAL_INSURANCE
                    ? repository.writeState(
                        tx, OrderStates.of(order, State.CREATED, Channel.CHANNEL_UNSPECIFIED, null))
                    : Uni.createFrom().voidItem());
  }
}
