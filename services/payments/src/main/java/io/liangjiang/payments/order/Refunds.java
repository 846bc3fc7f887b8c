package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.wallet.Wallets;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives money back the way it came. */
@ApplicationScoped
class Refunds {
  private static final int MAX_REFUNDS = 50;

  private final Idempotency idempotency;
  private final OrderRepository orders;
  private final RefundRepository repository;
  private final Orders orderUseCases;
  private final Merchants merchants;
  private final Deductions deductions;
  private final Wallets wallets;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final ChannelRefunds channelRefunds;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  Refunds(
      Idempotency idempotency,
      OrderRepository orders,
      RefundRepository repository,
      Orders orderUseCases,
      Merchants merchants,
      Deductions deductions,
      Wallets wallets,
      SystemAccounts systemAccounts,
      Journal journal,
      ChannelRefunds channelRefunds,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.orders = orders;
    this.repository = repository;
    this.orderUseCases = orderUseCases;
    this.merchants = merchants;
    this.deductions = deductions;
    this.wallets = wallets;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.channelRefunds = channelRefunds;
    this.clock = clock;
  }

  /** Refunds an order of the caller's merchant or service; without an amount, all that is left. */
  Uni<Refund> refund(Caller caller, RefundPaymentOrderRequest request) {
    UUID id = UUID.fromString(request.getPaymentOrderId());
    return orderUseCases
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
    return orders
        .lock(tx, id)
        .call(order -> refuseTooManyOfParts(tx, order))
        .chain(
            order -> {
              long amountMinor = amount(order, request);
              refuse(order, amountMinor);
              return order.channel() == Channel.WALLET
                  ? toWallet(tx, order, amountMinor, request.getReason())
                  : throughChannel(tx, order, amountMinor, request.getReason());
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
        : orders
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

  private Uni<OrderRefund> toWallet(
      SqlConnection tx, Order order, long amountMinor, String reason) {
    var refund = newRefund(order, null, amountMinor, reason);
    var movement = new Movement(refund.id(), order.id(), amountMinor);
    return merchants
        .accountOf(tx, order.merchantId())
        .chain(
            account ->
                deductionsBack(tx, order, refund, account)
                    .call(
                        change ->
                            wallets.give(
                                tx,
                                order.payerId(),
                                account,
                                TransferReason.REFUND,
                                movement,
                                change.postings())))
        .chain(change -> deductions.write(tx, change))
        .chain(() -> note(tx, order, refund))
        .chain(() -> channelRefunds.succeed(tx, order, refund));
  }

  /** Sets the money aside now; it leaves the books when the channel has given it back. */
  private Uni<OrderRefund> throughChannel(
      SqlConnection tx, Order order, long amountMinor, String reason) {
    return Uni.combine()
        .all()
        .unis(
            repository.paidAttempt(tx, order.id()),
            merchants.accountOf(tx, order.merchantId()),
            systemAccounts.refundsOf(tx, order.channel()))
        .asTuple()
        .chain(
            found -> {
              var refund = newRefund(order, found.getItem1(), amountMinor, reason);
              var posting =
                  TransferReason.REFUND_SET_ASIDE.posting(
                      refund.id(), found.getItem2(), found.getItem3(), amountMinor);
              return deductionsBack(tx, order, refund, found.getItem2())
                  .call(change -> journal.post(tx, with(change.postings(), posting)))
                  .chain(change -> deductions.write(tx, change))
                  .chain(() -> note(tx, order, refund))
                  .replaceWith(refund);
            });
  }

  /** The fee and the shares of what goes back come back to the merchant first. */
  private Uni<Deductions.Change> deductionsBack(
      SqlConnection tx, Order order, OrderRefund refund, long merchantAccountId) {
    long refunded = order.refundedMinor() + refund.amountMinor();
    return deductions.withRefunded(
        tx, order.id(), "refund/" + refund.id(), refunded, merchantAccountId);
  }

  private static List<Posting> with(List<Posting> first, Posting last) {
    return Stream.concat(first.stream(), Stream.of(last)).toList();
  }

  private Uni<Void> note(SqlConnection tx, Order order, OrderRefund refund) {
    long refunded = order.refundedMinor() + refund.amountMinor();
    return repository
        .insert(tx, refund)
        .chain(() -> orders.writeRefunded(tx, order, refunded, order.refundCount() + 1));
  }

  private OrderRefund newRefund(
      Order order,
      @org.jspecify.annotations.Nullable UUID channelPaymentId,
      long amountMinor,
      String reason) {
    return new OrderRefund(
        TimeOrderedId.next(clock),
        order.id(),
        channelPaymentId,
        amountMinor,
        Refund.State.PENDING,
        reason,
        false,
        clock.instant());
  }
}
