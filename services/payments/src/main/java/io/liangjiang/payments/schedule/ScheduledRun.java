package io.liangjiang.payments.schedule;

import java.time.LocalDate;

/**
 * The run of a date that this replica holds.
 *
 * @param attempts how often it was begun, this time included
 */
record ScheduledRun(LocalDate date, int attempts) {
  /** Merchants that could not be settled are tried again so often; then they wait for a day. */
  private static final int MAX_ATTEMPTS = 5;

  boolean isLastAttempt() {
    return attempts >= MAX_ATTEMPTS;
  }

  /** What one or several pages of a run came to. */
  record Outcome(int settlements, int payouts, int failures) {
    static final Outcome NOTHING = new Outcome(0, 0, 0);

    Outcome settled(int made, int failed) {
      return new Outcome(settlements + made, payouts, failures + failed);
    }

    Outcome paidOut(int made, int failed) {
      return new Outcome(settlements, payouts + made, failures + failed);
    }
  }
}
