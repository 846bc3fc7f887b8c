package io.liangjiang.payments.order;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreateTopUpRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.GetTopUpRequest;
import io.liangjiang.payments.v1.ListMyWalletEntriesRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.WalletEntry;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.v1.Money;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Requests as tests send them, and what they read from the answers. */
final class PaymentRequests {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private PaymentRequests() {}

  static ListMyWalletEntriesRequest page(int size, String token) {
    return ListMyWalletEntriesRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }

  static CreateTopUpRequest topUp(long amountMinor) {
    return CreateTopUpRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setAmount(cny(amountMinor))
        .setChannel(Channel.SANDBOX_PAY)
        .build();
  }

  static GetTopUpRequest topUpId(TopUp topUp) {
    return GetTopUpRequest.newBuilder().setTopUpId(topUp.getTopUpId()).build();
  }

  static PayPaymentOrderRequest pay(PaymentOrder order, Channel channel) {
    return PayPaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPaymentOrderId(order.getPaymentOrderId())
        .setChannel(channel)
        .build();
  }

  static ClosePaymentOrderRequest close(PaymentOrder order) {
    return ClosePaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPaymentOrderId(order.getPaymentOrderId())
        .build();
  }

  static RefundPaymentOrderRequest refund(PaymentOrder order, long amountMinor) {
    var request =
        RefundPaymentOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPaymentOrderId(order.getPaymentOrderId())
            .setReason("plans changed");
    return amountMinor == 0 ? request.build() : request.setAmount(cny(amountMinor)).build();
  }

  static GetPaymentOrderRequest get(PaymentOrder order) {
    return GetPaymentOrderRequest.newBuilder().setPaymentOrderId(order.getPaymentOrderId()).build();
  }

  static Money cny(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode("CNY").build();
  }

  static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }

  static String reasonOf(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  static List<Long> amounts(List<WalletEntry> entries) {
    return entries.stream().map(e -> e.getAmount().getAmountMinor()).toList();
  }
}
