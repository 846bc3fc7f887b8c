package io.liangjiang.tourism.purchase;

import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.tourism.trip.Trip;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * The payment orders of trips. Request ids are made from the trip's id, so that every repetition is
 * the same request.
 */
@ApplicationScoped
public class PaymentOrders {
  private static final String REFUND_REASON = "行程退订 trip cancelled";

  private final PaymentOrderService payments;

  PaymentOrders(@GrpcClient("payments") PaymentOrderService payments) {
    this.payments = payments;
  }

  Uni<PaymentOrder> create(Trip trip) {
    return payments.createPaymentOrder(
        CreatePaymentOrderRequest.newBuilder()
            .setRequestId(requestId("payment-order", trip))
            .setPayerCitizenId(trip.payerId().toString())
            .setMerchantId(trip.merchantId())
            .setBusinessReference(trip.tripId().toString())
            .addAllLines(trip.items().stream().map(PaymentOrders::line).toList())
            .setExpireTime(ProtoTime.timestamp(trip.times().holdExpires()))
            .build());
  }

  Uni<PaymentOrder> get(Trip trip) {
    return payments.getPaymentOrder(
        GetPaymentOrderRequest.newBuilder().setPaymentOrderId(orderId(trip)).build());
  }

  Uni<PaymentOrder> close(Trip trip) {
    return payments.closePaymentOrder(
        ClosePaymentOrderRequest.newBuilder()
            .setRequestId(requestId("payment-order-close", trip))
            .setPaymentOrderId(orderId(trip))
            .build());
  }

  /** Gives all the money back. */
  Uni<Refund> refund(Trip trip) {
    return payments.refundPaymentOrder(
        RefundPaymentOrderRequest.newBuilder()
            .setRequestId(requestId("payment-order-refund", trip))
            .setPaymentOrderId(orderId(trip))
            .setReason(REFUND_REASON)
            .build());
  }

  private static PaymentOrder.Line line(Trip.Item item) {
    return PaymentOrder.Line.newBuilder()
        .setDescription(item.productName() + " " + item.riderCategory())
        .setQuantity(1)
        .setAmount(Money.newBuilder().setAmountMinor(item.amountMinor()).setCurrencyCode("CNY"))
        .build();
  }

  private static String orderId(Trip trip) {
    return Objects.requireNonNull(trip.paymentOrderId(), "the trip has no payment order");
  }

  private static String requestId(String purpose, Trip trip) {
    String name = "tourism/" + purpose + "/" + trip.tripId();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
