package io.liangjiang.payments.payout;

/** How much a merchant can be paid out. */
final class PayableRules {
  private PayableRules() {}

  /**
   * What was settled and not paid out, and no more than the account holds: refunds since then may
   * have used some of it. Zero when less than nothing is due; then the next settlements make it up.
   *
   * @param settledMinor nets of all settlements together; below zero when more went out
   * @param paidMinor all payouts that the bank did not refuse
   * @param balanceMinor what the account holds now
   */
  static long payableMinor(long settledMinor, long paidMinor, long balanceMinor) {
    return Math.max(0, Math.min(settledMinor - paidMinor, balanceMinor));
  }
}
