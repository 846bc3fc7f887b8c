package io.liangjiang.payments.settlement;

/**
 * What the journal has of a merchant's account in a span of time, in fen.
 *
 * @param transfers how many there were
 * @param paymentsMinor paid orders and charges
 * @param refundsMinor what went back, less what a channel refused
 * @param feesMinor the city's fees, less those that went back
 * @param sharesMinor shares given less shares received
 * @param adjustmentsMinor everything else, in less out
 * @param paidOutMinor payouts, less those that the bank refused
 * @param laterMinor what came in after the span, in less out
 */
public record Movement(
    long transfers,
    long paymentsMinor,
    long refundsMinor,
    long feesMinor,
    long sharesMinor,
    long adjustmentsMinor,
    long paidOutMinor,
    long laterMinor) {

  /** What the merchant has earned. */
  long netMinor() {
    return paymentsMinor - refundsMinor - feesMinor - sharesMinor + adjustmentsMinor;
  }
}
