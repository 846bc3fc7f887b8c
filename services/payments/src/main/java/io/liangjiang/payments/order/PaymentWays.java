package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayment.Purpose;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.mixed.MixedPayment.Bill;
import io.liangjiang.payments.mixed.MixedPayments;
import io.liangjiang.payments.mixed.MixedPayments.Wish;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.LineKind;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The ways of paying an order that is locked and open, other than from the wallet. */
@ApplicationScoped
class PaymentWays {
  private final OrderRepository repository;
  private final Merchants merchants;
  private final ChannelPayments channelPayments;
  private final MixedPayments mixedPayments;
  private final InstantSource clock;

  PaymentWays(
      OrderRepository repository,
      Merchants merchants,
      ChannelPayments channelPayments,
      MixedPayments mixedPayments,
      InstantSource clock) {
    this.repository = repository;
    this.merchants = merchants;
    this.channelPayments = channelPayments;
    this.mixedPayments = mixedPayments;
    this.clock = clock;
  }

  /**
   * The channel's confirmation books the money. Errors: CHANNEL_NOT_ALLOWED.
   *
   * @param payerOpenId by which the channel's mini-program knows whoever holds the phone
   */
  Uni<Order> throughChannel(SqlConnection tx, Order order, Channel channel, String payerOpenId) {
    var attempt =
        new ChannelPayment(
            TimeOrderedId.next(clock),
            Purpose.order(order.id()),
            order.payerId(),
            payerOpenId,
            channel,
            order.description(),
            order.amountMinor(),
            ChannelPayment.State.PENDING,
            Map.of(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            order.expireTime());
    return channelPayments.begin(tx, attempt).chain(() -> pending(tx, order, channel));
  }

  /**
   * By insurance and cash; both confirmations book the money. Errors: CHANNEL_NOT_ALLOWED.
   *
   * @param authorization what the insured person's phone allowed it with
   * @param payerOpenId by which the channel's mini-program knows whoever holds the phone
   */
  Uni<Order> byInsurance(SqlConnection tx, Order order, String authorization, String payerOpenId) {
    return merchants
        .find(tx, order.merchantId())
        .chain(
            merchant ->
                mixedPayments.begin(
                    tx,
                    new Wish(
                        order.id(),
                        order.payerId(),
                        payerOpenId,
                        merchant.id(),
                        merchant.displayName(),
                        authorization,
                        new Bill(
                            order.sumMinor(LineKind.LINE_KIND_UNSPECIFIED),
                            order.sumMinor(LineKind.CASH_ONLY),
                            order.sumMinor(LineKind.REDUCTION)),
                        order.expireTime())))
        .chain(() -> pending(tx, order, Channel.MEDICAL_INSURANCE));
  }

  private Uni<Order> pending(SqlConnection tx, Order order, Channel channel) {
    Order pending = OrderStates.of(order, State.PENDING, channel, null);
    return repository.writeState(tx, pending).replaceWith(pending);
  }
}
