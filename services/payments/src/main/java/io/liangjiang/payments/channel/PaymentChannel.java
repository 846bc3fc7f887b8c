package io.liangjiang.payments.channel;

import io.liangjiang.payments.v1.Channel;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A way to collect money outside the city's books. Every call is safe to repeat: the numbers that
 * the caller gives decide. Errors of all: CHANNEL_UNAVAILABLE when the channel does not answer or
 * its answer cannot be trusted.
 */
public interface PaymentChannel {
  /** Which one it is. */
  Channel id();

  /** The mini-program that has to know whoever pays; empty when the channel asks for no payer. */
  Optional<String> payerApp();

  /**
   * Whether a query right after the prepayment may already find it paid, as with the sandbox's
   * simulated phone.
   */
  boolean mayBePaidAtOnce();

  /** Asks the channel to collect; the same out_trade_no again yields the same prepayment. */
  Uni<Prepayment> prepay(ChannelOrder order);

  /** What the channel's own books say of a payment. */
  Uni<ChannelTransaction> query(String outTradeNo);

  /**
   * Makes sure that the payment can no longer be made. Query afterwards: it may have been made just
   * before.
   */
  Uni<Void> close(String outTradeNo);

  /** Gives money back; the same out_refund_no again is the same refund. */
  Uni<ChannelRefund> refund(ChannelRefundOrder order);

  /** What the channel's own books say of a refund. */
  Uni<ChannelRefund> queryRefund(String outRefundNo);

  /**
   * What to collect.
   *
   * @param outTradeNo 6 to 32 characters, unique for ever
   * @param description what the citizen reads, at most 127 bytes
   * @param amountMinor fen
   * @param payerOpenId by which {@link #payerApp} knows whoever pays; empty without such an app
   * @param partOfMixed the cash part of an order of insurance and cash: the phone pays it with that
   */
  record ChannelOrder(
      String outTradeNo,
      String description,
      long amountMinor,
      String payerOpenId,
      boolean partOfMixed,
      Instant expireTime) {
    @Override
    public String toString() {
      return "order " + outTradeNo;
    }
  }

  /** What the phone hands to the channel's own pay call. */
  record Prepayment(Map<String, String> payParameters) {}

  /** State of a payment at the channel. */
  enum TransactionState {
    NOT_PAID,
    SUCCESS,
    CLOSED,
    FAILED,
    /** The channel has never heard of it. */
    UNKNOWN
  }

  /** A payment as the channel's books have it; transactionId is empty unless paid. */
  record ChannelTransaction(
      Channel channel,
      String outTradeNo,
      TransactionState state,
      long amountMinor,
      String transactionId) {}

  /**
   * What to give back.
   *
   * @param totalMinor amount of the whole payment, fen
   * @param amountMinor amount to give back, fen
   */
  record ChannelRefundOrder(
      String outTradeNo, String outRefundNo, long totalMinor, long amountMinor, String reason) {}

  /** State of a refund at the channel. */
  enum RefundState {
    PROCESSING,
    SUCCESS,
    CLOSED,
    ABNORMAL,
    /** The channel has never heard of it. */
    UNKNOWN
  }

  /** A refund as the channel's books have it. */
  record ChannelRefund(
      Channel channel,
      String outRefundNo,
      String outTradeNo,
      RefundState state,
      long amountMinor) {}
}
