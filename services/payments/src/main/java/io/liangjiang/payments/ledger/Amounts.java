package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.Money;

/** Amounts of money at the wire. */
public final class Amounts {
  /** The largest amount that every JSON reader can hold, 2^53 - 1 minor units. */
  public static final long MAX_MINOR = (1L << 53) - 1;

  /** The currency of the city's books. */
  public static final String CURRENCY = "CNY";

  private Amounts() {}

  /**
   * The minor units of an amount in the city's currency. Errors: INVALID_AMOUNT, CURRENCY_MISMATCH.
   */
  public static long positiveMinor(Money amount, long maxMinor) {
    if (!amount.getCurrencyCode().equals(CURRENCY)) {
      throw new ServiceException(
          PaymentsReason.CURRENCY_MISMATCH, "the city's books are kept in " + CURRENCY);
    }
    if (amount.getAmountMinor() < 1 || amount.getAmountMinor() > maxMinor) {
      throw new ServiceException(
              PaymentsReason.INVALID_AMOUNT, "the amount must be from 1 to " + maxMinor)
          .violation("amount.amount_minor", "must be from 1 to " + maxMinor);
    }
    return amount.getAmountMinor();
  }

  /** An amount in the city's currency. */
  public static Money cny(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode(CURRENCY).build();
  }
}
