package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Orders in another state. */
final class OrderStates {
  private OrderStates() {}

  static Order of(Order order, State state, Channel channel, @Nullable Instant payTime) {
    return new Order(
        order.id(),
        order.combinedOrderId(),
        order.payerId(),
        order.merchantId(),
        order.createdBy(),
        order.businessReference(),
        order.lines(),
        order.amountMinor(),
        order.refundedMinor(),
        order.refundCount(),
        state,
        channel,
        order.createTime(),
        order.expireTime(),
        payTime);
  }
}
