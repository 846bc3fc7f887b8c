package io.liangjiang.payments.deduction;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** How parts of a payment are reckoned, in whole fen. */
public final class PortionRules {
  private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000);

  private PortionRules() {}

  /** The city's fee: so many basis points, rounded half up. */
  public static long feeMinor(long amountMinor, int basisPoints) {
    return portion(amountMinor, basisPoints, RoundingMode.HALF_UP);
  }

  /** A share, or a limit to shares: so many basis points, rounded down. */
  public static long shareMinor(long amountMinor, int basisPoints) {
    return portion(amountMinor, basisPoints, RoundingMode.DOWN);
  }

  /**
   * What is left of a fee or share when part of the payment has gone back. It depends on how much
   * went back in all and not on the steps, so that the parts that go back never add up to more than
   * the whole, and the last refund takes the rest.
   *
   * @param refundedMinor 0 to grossMinor
   */
  static long keptMinor(long fullMinor, long grossMinor, long refundedMinor) {
    BigInteger back =
        BigInteger.valueOf(fullMinor)
            .multiply(BigInteger.valueOf(refundedMinor))
            .divide(BigInteger.valueOf(grossMinor));
    return fullMinor - back.longValueExact();
  }

  private static long portion(long amountMinor, int basisPoints, RoundingMode rounding) {
    return BigDecimal.valueOf(amountMinor)
        .multiply(BigDecimal.valueOf(basisPoints))
        .divide(WHOLE, 0, rounding)
        .longValueExact();
  }
}
