package io.liangjiang.payments.order;

import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefundOrder;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.mixed.MixedPayments;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Takes refunds through the channel and by the insurance bureau to their end. The same number is
 * sent at each retry, so that each refunds once; the bureau comes first, for it may refuse.
 */
@ApplicationScoped
class ChannelRefunds {
  private static final Logger LOG = Logger.getLogger(ChannelRefunds.class);

  private final Database database;
  private final RefundRepository repository;
  private final OrderRepository orders;
  private final ChannelPayments payments;
  private final MixedPayments mixedPayments;
  private final PaymentChannels channels;
  private final RefundBooks books;

  ChannelRefunds(
      Database database,
      RefundRepository repository,
      OrderRepository orders,
      ChannelPayments payments,
      MixedPayments mixedPayments,
      PaymentChannels channels,
      RefundBooks books) {
    this.database = database;
    this.repository = repository;
    this.orders = orders;
    this.payments = payments;
    this.mixedPayments = mixedPayments;
    this.channels = channels;
    this.books = books;
  }

  /**
   * Asks for a pending refund, and answers with the refund as it then stands; the sweep goes on
   * from there.
   */
  Uni<OrderRefund> drive(UUID refundId) {
    return find(refundId)
        .call(refund -> refund.isPending() ? ask(refund) : Uni.createFrom().voidItem())
        .chain(() -> find(refundId));
  }

  /** Applies what the channel's books say of a refund; says nothing twice. */
  Uni<Void> apply(UUID refundId, ChannelRefund said) {
    return switch (said.state()) {
      case SUCCESS, CLOSED, ABNORMAL ->
          database.inTransaction(tx -> end(tx, refundId, said.state()));
      case PROCESSING, UNKNOWN -> Uni.createFrom().voidItem();
    };
  }

  private Uni<OrderRefund> find(UUID refundId) {
    return repository.find(database.client(), refundId).map(List::getFirst);
  }

  private Uni<Void> ask(OrderRefund refund) {
    return askBureau(refund)
        .chain(() -> find(refund.id()))
        .chain(
            now ->
                now.isPending() && !now.awaitsInsurance()
                    ? askChannel(now)
                    : Uni.createFrom().voidItem())
        .onFailure()
        .invoke(failure -> LOG.warnf("refund %s: %s", refund.id(), failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> askChannel(OrderRefund refund) {
    return payments
        .find(database.client(), attemptOf(refund))
        .map(List::getFirst)
        .chain(attempt -> channels.require(attempt.channel()).refund(order(refund, attempt)))
        .chain(said -> apply(refund.id(), said));
  }

  private static ChannelRefundOrder order(OrderRefund refund, ChannelPayment attempt) {
    return new ChannelRefundOrder(
        attempt.outTradeNo(),
        refund.outRefundNo(),
        attempt.amountMinor(),
        refund.cashMinor(),
        refund.reason());
  }

  private Uni<Void> askBureau(OrderRefund refund) {
    if (!refund.awaitsInsurance()) {
      return Uni.createFrom().voidItem();
    }
    return mixedPayments
        .reverse(refund.orderId())
        .chain(
            reversed ->
                database.inTransaction(
                    tx ->
                        locked(
                            tx,
                            refund,
                            (order, now) ->
                                now.awaitsInsurance()
                                    ? endInsurance(tx, order, now, reversed)
                                    : Uni.createFrom().voidItem())));
  }

  private Uni<Void> endInsurance(
      SqlConnection tx, Order order, OrderRefund refund, boolean reversed) {
    return reversed
        ? books.insuranceReversed(tx, order, refund)
        : mixedPayments
            .cashChannelOf(tx, order.id())
            .chain(channel -> books.insuranceKept(tx, order, refund, channel));
  }

  private Uni<Void> end(SqlConnection tx, UUID refundId, RefundState said) {
    return repository
        .find(tx, refundId)
        .chain(
            found ->
                found.isEmpty()
                    ? notOurs()
                    : locked(tx, found.getFirst(), (order, now) -> endCash(tx, order, now, said)));
  }

  private static Uni<Void> notOurs() {
    LOG.warn("a channel speaks of a refund that is not ours");
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> endCash(SqlConnection tx, Order order, OrderRefund refund, RefundState said) {
    return payments
        .find(tx, attemptOf(refund))
        .map(List::getFirst)
        .map(ChannelPayment::channel)
        .chain(
            channel ->
                said == RefundState.SUCCESS
                    ? books.cashReturned(tx, order, refund, channel)
                    : books.cashRefused(tx, order, refund, channel));
  }

  /** Locks the order, then the refund, and goes on while that is pending. */
  private Uni<Void> locked(
      SqlConnection tx, OrderRefund known, BiFunction<Order, OrderRefund, Uni<Void>> work) {
    return orders
        .lock(tx, known.orderId())
        .chain(
            order ->
                repository
                    .lock(tx, known.id())
                    .map(List::getFirst)
                    .chain(
                        now ->
                            now.isPending()
                                ? work.apply(order, now)
                                : Uni.createFrom().voidItem()));
  }

  private static UUID attemptOf(OrderRefund refund) {
    UUID attempt = refund.channelPaymentId();
    if (attempt == null) {
      throw new IllegalStateException("no channel has collected what refund is to give back");
    }
    return attempt;
  }
}
