package io.liangjiang.tourism.city;

import io.grpc.Status;
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
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The door of the counterpart: only the service tourism passes. */
@GrpcService
public class FakePayments implements PaymentOrderService {
  private final OrderBook book;

  FakePayments(OrderBook book) {
    this.book = book;
  }

  @Override
  public Uni<PaymentOrder> createPaymentOrder(CreatePaymentOrderRequest request) {
    requireTourism();
    return Uni.createFrom().item(() -> book.create(request));
  }

  @Override
  public Uni<PaymentOrder> getPaymentOrder(GetPaymentOrderRequest request) {
    requireTourism();
    return Uni.createFrom().item(() -> book.get(request.getPaymentOrderId()));
  }

  @Override
  public Uni<PaymentOrder> closePaymentOrder(ClosePaymentOrderRequest request) {
    requireTourism();
    return Uni.createFrom().item(() -> book.close(request));
  }

  @Override
  public Uni<Refund> refundPaymentOrder(RefundPaymentOrderRequest request) {
    requireTourism();
    return Uni.createFrom().item(() -> book.refund(request));
  }

  @Override
  public Uni<PaymentOrder> payPaymentOrder(PayPaymentOrderRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<PaymentDeductions> sharePaymentOrder(SharePaymentOrderRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<PaymentDeductions> getPaymentDeductions(GetPaymentDeductionsRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  private static void requireTourism() {
    if (!Caller.current().subject().equals("tourism")) {
      throw Status.PERMISSION_DENIED.asRuntimeException();
    }
  }
}
