package io.liangjiang.payments.channel;

import io.liangjiang.payments.v1.Channel;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * The part of a channel that takes orders of insurance and cash. Every call is safe to repeat.
 * Errors of all: CHANNEL_UNAVAILABLE, and CHANNEL_NOT_ALLOWED when the channel says no for good.
 */
public interface MixedOrders {
  /** The channel that collects the cash part. */
  Channel channel();

  /** Places the order, so that the phone can pay both parts. */
  Uni<Void> place(MixedOrder order);

  /** What the channel knows of an order. */
  Uni<MixedState> query(String outTradeNo);

  /**
   * An order of insurance and cash.
   *
   * @param outTradeNo 32 hex digits; also the settlement's number at the bureau
   * @param payerOpenId by which the channel's mini-program knows whoever pays
   * @param prepayId the prepayment of the cash part; empty when there is none
   */
  record MixedOrder(
      String outTradeNo,
      String payerOpenId,
      String prepayId,
      Institution institution,
      Insured insured,
      MixedFees fees,
      Instant createTime) {
    @Override
    public String toString() {
      return "mixed order " + outTradeNo;
    }
  }

  /** The hospital, by the bureau's number and its name. */
  record Institution(String number, String name) {}

  /** The bureau's number of the bill, and what the insured person allowed it with. */
  record Insured(String payOrderId, String authorization) {}

  /** Where a part stands at the channel. */
  enum Part {
    /** The order has no such part. */
    NONE,
    CREATED,
    SUCCESS,
    FAILED
  }

  /**
   * An order as the channel's books have it.
   *
   * @param known false when the channel has never heard of it
   */
  record MixedState(boolean known, Part cash, Part insurance) {}
}
