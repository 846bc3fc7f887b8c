package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetPaymentDeductionsRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentDeductions;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.SharePaymentOrderRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Payment orders at the wire. */
@GrpcService
class PaymentOrderGrpcService implements PaymentOrderService {
  private static final int MAX_REASON = 80;

  private final Orders orders;
  private final OrderPayments payments;
  private final Refunds refunds;
  private final OrderShares shares;

  PaymentOrderGrpcService(
      Orders orders, OrderPayments payments, Refunds refunds, OrderShares shares) {
    this.orders = orders;
    this.payments = payments;
    this.refunds = refunds;
    this.shares = shares;
  }

  @Override
  public Uni<PaymentOrder> createPaymentOrder(CreatePaymentOrderRequest request) {
    return orders.create(Caller.current(), request);
  }

  @Override
  public Uni<PaymentOrder> getPaymentOrder(GetPaymentOrderRequest request) {
    return payments.read(Caller.current(), id(request.getPaymentOrderId()));
  }

  @Override
  public Uni<PaymentOrder> payPaymentOrder(PayPaymentOrderRequest request) {
    var unused = id(request.getPaymentOrderId());
    return payments.pay(Caller.current(), request);
  }

  @Override
  public Uni<PaymentOrder> closePaymentOrder(ClosePaymentOrderRequest request) {
    var unused = id(request.getPaymentOrderId());
    return orders.close(Caller.current(), request);
  }

  @Override
  public Uni<Refund> refundPaymentOrder(RefundPaymentOrderRequest request) {
    new Violations()
        .requireUuid(request.getPaymentOrderId(), "payment_order_id")
        .requireText(request.getReason(), 0, MAX_REASON, "reason")
        .throwIfAny();
    return refunds.refund(Caller.current(), request);
  }

  @Override
  public Uni<PaymentDeductions> sharePaymentOrder(SharePaymentOrderRequest request) {
    var unused = id(request.getPaymentOrderId());
    return shares.share(Caller.current(), request);
  }

  @Override
  public Uni<PaymentDeductions> getPaymentDeductions(GetPaymentDeductionsRequest request) {
    return shares.get(Caller.current(), id(request.getPaymentOrderId()));
  }

  private static UUID id(String text) {
    new Violations().requireUuid(text, "payment_order_id").throwIfAny();
    return UUID.fromString(text);
  }
}
