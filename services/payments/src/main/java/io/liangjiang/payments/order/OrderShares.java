package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deduction;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.PaymentDeductions;
import io.liangjiang.payments.v1.PaymentShare;
import io.liangjiang.payments.v1.SharePaymentOrderRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Books shares when they are asked for, and shows what was taken off an order. */
@ApplicationScoped
class OrderShares {
  private final Database database;
  private final Idempotency idempotency;
  private final Orders orders;
  private final OrderRepository repository;
  private final Merchants merchants;
  private final Deductions deductions;
  private final Journal journal;

  OrderShares(
      Database database,
      Idempotency idempotency,
      Orders orders,
      OrderRepository repository,
      Merchants merchants,
      Deductions deductions,
      Journal journal) {
    this.database = database;
    this.idempotency = idempotency;
    this.orders = orders;
    this.repository = repository;
    this.merchants = merchants;
    this.deductions = deductions;
    this.journal = journal;
  }

  /** What was taken off an order of the caller's. Errors: PAYMENT_ORDER_NOT_FOUND. */
  Uni<PaymentDeductions> get(Caller caller, UUID orderId) {
    return orders
        .get(caller, orderId)
        .chain(order -> deductions.all(database.client(), orderId))
        .map(all -> proto(orderId, all));
  }

  /** Books the shares that wait for it. Errors: PAYMENT_ORDER_NOT_PAID, INSUFFICIENT_FUNDS. */
  Uni<PaymentDeductions> share(Caller caller, SharePaymentOrderRequest request) {
    UUID orderId = UUID.fromString(request.getPaymentOrderId());
    return orders
        .get(caller, orderId)
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    PaymentDeductions.getDefaultInstance(),
                    tx -> shareLocked(tx, orderId)));
  }

  private Uni<PaymentDeductions> shareLocked(SqlConnection tx, UUID orderId) {
    return repository
        .lock(tx, orderId)
        .invoke(OrderShares::refuseUnpaid)
        .chain(
            order ->
                merchants
                    .accountOf(tx, order.merchantId())
                    .chain(
                        account ->
                            deductions.withRequest(tx, orderId, order.refundedMinor(), account)))
        .call(change -> journal.post(tx, change.postings()))
        .chain(change -> deductions.write(tx, change))
        .chain(() -> deductions.all(tx, orderId))
        .map(all -> proto(orderId, all));
  }

  private static void refuseUnpaid(Order order) {
    if (!order.isPaid()) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_NOT_PAID, "there is no money to share");
    }
  }

  private static PaymentDeductions proto(UUID orderId, List<Deduction> all) {
    var proto =
        PaymentDeductions.newBuilder()
            .setPaymentOrderId(orderId.toString())
            .setFee(Amounts.cny(0))
            .setRefundedFee(Amounts.cny(0));
    for (Deduction deduction : all) {
      if (deduction.isFee()) {
        proto
            .setFee(Amounts.cny(deduction.fullMinor()))
            .setRefundedFee(Amounts.cny(deduction.fullMinor() - deduction.takenMinor()));
      } else {
        proto.addShares(share(deduction));
      }
    }
    return proto.build();
  }

  private static PaymentShare share(Deduction deduction) {
    return PaymentShare.newBuilder()
        .setReceiverMerchantId(Objects.requireNonNull(deduction.receiverId()))
        .setAmount(Amounts.cny(deduction.fullMinor()))
        .setBookedAmount(Amounts.cny(deduction.takenMinor()))
        .setBooked(deduction.booked())
        .build();
  }
}
