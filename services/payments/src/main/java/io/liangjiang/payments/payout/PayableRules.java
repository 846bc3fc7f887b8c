package io.liangjiang.payments.payout;

/** How much a merchant can be paid out. */
final class PayableRules {
  /** What a bank takes in one payout: 1,000,000,000 yuan. */
  static final long MAX_MINOR = 100_000_000_000L;

  private PayableRules() {}

  /**
   * What was settled and not paid out, and no more than the account holds: refunds since then may
   * have used some of it. No more than a bank takes at once: the rest is for the next payout. Zero
   * when less than nothing is due; then the next settlements make it up.
   *
   * @param settledMinor nets of all settlements together; below zero when more went out
   * @param paidMinor all payouts that the bank did not refuse
   * @param balanceMinor what the account holds now
   */
  static long payableMinor(long settledMinor, long paidMinor, long balanceMinor) {
    long dueMinor = Math.min(settledMinor - paidMinor, balanceMinor);
    return Math.clamp(dueMinor, 0, MAX_MINOR);
  }
}
