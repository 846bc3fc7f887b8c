package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders in another state. */
final class OrderStates {
  private OrderStates() {}

  static Order of(Order order, State state, Channel channel, @Nullable Instant payTime) {
    return of(order, order.delegateId(), state, channel, payTime);
  }

  /** The same with somebody else, or nobody, who pays in the payer's name. */
  static Order by(Order order, @Nullable UUID delegateId) {
    return of(order, delegateId, order.state(), order.channel(), order.payTime());
  }

  private static Order of(
      Order order,
      @Nullable UUID delegateId,
      State state,
      Channel channel,
      @Nullable Instant payTime) {
    return new Order(
        order.id(),
        order.combinedOrderId(),
        order.payerId(),
        delegateId,
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
