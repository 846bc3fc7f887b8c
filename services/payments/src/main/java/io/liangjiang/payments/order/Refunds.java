package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Gives money back the way it came. */
@ApplicationScoped
class Refunds {
  private static final int MAX_REFUNDS = 50;

  private final Idempotency idempotency;
  private final OrderRepository repository;
  private final Orders orders;
  private final RefundWays ways;
  private final ChannelRefunds channelRefunds;

  Refunds(
      Idempotency idempotency,
      OrderRepository repository,
      Orders orders,
      RefundWays ways,
      ChannelRefunds channelRefunds) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.orders = orders;
    this.ways = ways;
    this.channelRefunds = channelRefunds;
  }

  /** Refunds an order of the caller's merchant or service; without an amount, all that is left. */
  Uni<Refund> refund(Caller caller, RefundPaymentOrderRequest request) {
    UUID id = UUID.fromString(request.getPaymentOrderId());
    return orders
        .get(caller, id)
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    Refund.getDefaultInstance(),
                    tx -> refundLocked(tx, id, request)))
        .chain(refund -> channelRefunds.drive(UUID.fromString(refund.getRefundId())))
        .map(RefundProto::refund);
  }

  private Uni<Refund> refundLocked(SqlConnection tx, UUID id, RefundPaymentOrderRequest request) {
    return repository
        .lock(tx, id)
        .call(order -> refuseTooManyOfParts(tx, order))
        .chain(
            order -> {
              long amountMinor = amount(order, request);
              refuse(order, amountMinor);
              String reason = request.getReason();
              return switch (order.channel()) {
                case WALLET -> ways.toWallet(tx, order, amountMinor, reason);
                case MEDICAL_INSURANCE -> ways.toInsuranceAndCash(tx, order, amountMinor, reason);
                default -> ways.throughChannel(tx, order, amountMinor, reason);
              };
            })
        .map(RefundProto::refund);
  }

  private static long amount(Order order, RefundPaymentOrderRequest request) {
    return request.hasAmount()
        ? Amounts.positiveMinor(request.getAmount(), Amounts.MAX_MINOR)
        : order.leftMinor();
  }

  /** The channel counts the refunds of one payment, whichever part they are for. */
  private Uni<Void> refuseTooManyOfParts(SqlConnection tx, Order order) {
    UUID combinedOrderId = order.combinedOrderId();
    return combinedOrderId == null
        ? Uni.createFrom().voidItem()
        : repository
            .refundsOfParts(tx, combinedOrderId)
            .invoke(Refunds::refuseTooMany)
            .replaceWithVoid();
  }

  private static void refuseTooMany(int refundCount) {
    if (refundCount >= MAX_REFUNDS) {
      throw new ServiceException(
          PaymentsReason.TOO_MANY_REFUNDS, "a payment has at most " + MAX_REFUNDS + " refunds");
    }
  }

  private static void refuse(Order order, long amountMinor) {
    if (!order.isPaid()) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_NOT_PAID, "there is no money to give back");
    }
    if (amountMinor > order.leftMinor() || order.leftMinor() == 0) {
      throw new ServiceException(
              PaymentsReason.REFUND_EXCEEDS_PAYMENT, "more than what is left of the payment")
          .with("leftMinor", order.leftMinor());
    }
    refuseTooMany(order.refundCount());
  }
}
