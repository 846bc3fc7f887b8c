package io.liangjiang.sandbox.channel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * A line of the bill: a payment, or a refund.
 *
 * @param paidFen what the line says was paid; 0 for a refund
 * @param refundId null for a payment, as are outRefundNo and state
 * @param fen what the line says was given back; 0 for a payment
 */
record BillLine(
    Instant time,
    Payment payment,
    long paidFen,
    String refundId,
    String outRefundNo,
    String state,
    long fen) {
  private static final BigDecimal FEE_RATE = new BigDecimal("0.006");

  boolean isRefund() {
    return refundId != null;
  }

  /** What the channel keeps, or gives back with a refund, yuan. */
  BigDecimal fee() {
    BigDecimal fee =
        yuan(isRefund() ? fen : paidFen).multiply(FEE_RATE).setScale(2, RoundingMode.HALF_UP);
    return isRefund() ? fee.negate() : fee;
  }

  /** The same line with another amount. */
  BillLine paying(long otherFen) {
    return new BillLine(time, payment, otherFen, refundId, outRefundNo, state, fen);
  }

  static BigDecimal yuan(long fen) {
    return BigDecimal.valueOf(fen, 2);
  }
}
