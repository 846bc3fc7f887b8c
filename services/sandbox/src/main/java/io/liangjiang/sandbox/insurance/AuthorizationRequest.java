package io.liangjiang.sandbox.insurance;

import io.liangjiang.sandbox.SandboxException;

/**
 * What an insured person allows on the phone. The percentages say how the bureau covers them; null
 * means the usual 60, 20 and 5.
 */
record AuthorizationRequest(
    String idNumber, Integer govPercent, Integer accountPercent, Integer otherPercent) {
  private static final int USUAL_GOV = 60;
  private static final int USUAL_ACCOUNT = 20;
  private static final int USUAL_OTHER = 5;
  private static final int WHOLE = 100;

  int gov() {
    return govPercent == null ? USUAL_GOV : govPercent;
  }

  int account() {
    return accountPercent == null ? USUAL_ACCOUNT : accountPercent;
  }

  int other() {
    return otherPercent == null ? USUAL_OTHER : otherPercent;
  }

  /** Errors: 400 INVALID_COVERAGE. */
  void check() {
    int sum = gov() + account() + other();
    if (Math.min(gov(), Math.min(account(), other())) < 0 || sum < 1 || sum > WHOLE) {
      throw new SandboxException(
          400, "INVALID_COVERAGE", "the percentages must be 1 to 100 together, none below 0");
    }
  }
}
