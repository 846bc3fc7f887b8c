package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.v1.Refund.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back.
 *
 * @param channelPaymentId the attempt that had collected it; null when it goes back to the wallet
 * @param late it came after the order was closed, so nobody asked for this refund
 */
record OrderRefund(
    UUID id,
    UUID orderId,
    @Nullable UUID channelPaymentId,
    long amountMinor,
    State state,
    String reason,
    boolean late,
    Instant createTime) {

  static OrderRefund late(Order order, ChannelPayment payment, Instant now) {
    return late("late/" + payment.id(), order, payment, payment.amountMinor(), now);
  }

  /** What came for a part whose combined order was closed. */
  static OrderRefund latePart(Order part, ChannelPayment payment, Instant now) {
    String seed = "late/" + payment.id() + "/" + part.id();
    return late(seed, part, payment, part.amountMinor(), now);
  }

  private static OrderRefund late(
      String seed, Order order, ChannelPayment payment, long amountMinor, Instant now) {
    return new OrderRefund(
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)),
        order.id(),
        payment.id(),
        amountMinor,
        State.PENDING,
        "paid after the order was closed",
        true,
        now);
  }

  /** The channel's number for the refund: 32 hex digits, the same at each retry. */
  String outRefundNo() {
    return id.toString().replace("-", "");
  }

  /** Id of the transfer that follows the one that set the money aside. */
  UUID followUpTransferId() {
    return UUID.nameUUIDFromBytes(("refund-end/" + id).getBytes(StandardCharsets.UTF_8));
  }

  boolean isPending() {
    return state == State.PENDING;
  }
}
