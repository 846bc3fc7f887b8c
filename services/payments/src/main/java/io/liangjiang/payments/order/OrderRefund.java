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
 * @param channelPaymentId the attempt that had collected it; null when it goes back to the wallet,
 *     or to the insurance bureau alone
 * @param insuranceMinor how much of it the bureau takes back; the rest is the citizen's
 * @param insuranceReversed whether the bureau has taken it back
 * @param late it came after the order was closed, so nobody asked for this refund
 */
record OrderRefund(
    UUID id,
    UUID orderId,
    @Nullable UUID channelPaymentId,
    long amountMinor,
    long insuranceMinor,
    boolean insuranceReversed,
    State state,
    String reason,
    boolean late,
    Instant createTime) {
  private static final String TOO_LATE = "paid after the order was closed";

  /** What the merchant or the service asks for. */
  static OrderRefund asked(
      Order order,
      @Nullable UUID channelPaymentId,
      long amountMinor,
      long insuranceMinor,
      String reason,
      OrderNews news) {
    return new OrderRefund(
        news.newId(),
        order.id(),
        channelPaymentId,
        amountMinor,
        insuranceMinor,
        false,
        State.PENDING,
        reason,
        false,
        news.now());
  }

  static OrderRefund late(Order order, ChannelPayment payment, Instant now) {
    String seed = "late/" + payment.id();
    return late(seed, order, payment, payment.amountMinor(), TOO_LATE, now);
  }

  /** The cash of a payment whose insured part failed. */
  static OrderRefund unwanted(Order order, ChannelPayment cash, Instant now) {
    String seed = "unwanted/" + cash.id();
    return late(seed, order, cash, cash.amountMinor(), "the insurance did not pay", now);
  }

  /** What came for a part whose combined order was closed. */
  static OrderRefund latePart(Order part, ChannelPayment payment, Instant now) {
    String seed = "late/" + payment.id() + "/" + part.id();
    return late(seed, part, payment, part.amountMinor(), TOO_LATE, now);
  }

  private static OrderRefund late(
      String seed, Order order, ChannelPayment payment, long amountMinor, String why, Instant now) {
    return new OrderRefund(
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)),
        order.id(),
        payment.id(),
        amountMinor,
        0,
        false,
        State.PENDING,
        why,
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

  /** The same without what the bureau took back. */
  OrderRefund cashPart() {
    return new OrderRefund(
        id, orderId, channelPaymentId, cashMinor(), 0, false, state, reason, late, createTime);
  }

  /** What the bureau took back, when the cash could not go back. */
  OrderRefund insuredPart() {
    UUID partId = UUID.nameUUIDFromBytes(("insured-part/" + id).getBytes(StandardCharsets.UTF_8));
    return new OrderRefund(
        partId,
        orderId,
        null,
        insuranceMinor,
        insuranceMinor,
        true,
        state,
        reason,
        late,
        createTime);
  }

  /** What goes back to the citizen. */
  long cashMinor() {
    return amountMinor - insuranceMinor;
  }

  /** Whether the bureau has to take its part back first. */
  boolean awaitsInsurance() {
    return insuranceMinor > 0 && !insuranceReversed;
  }

  /** Id of a transfer of the insured part. */
  UUID insuranceTransferId(String purpose) {
    return UUID.nameUUIDFromBytes((purpose + "/" + id).getBytes(StandardCharsets.UTF_8));
  }

  boolean isPending() {
    return state == State.PENDING;
  }
}
