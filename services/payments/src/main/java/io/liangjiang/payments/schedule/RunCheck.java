package io.liangjiang.payments.schedule;

import io.liangjiang.payments.payout.Payouts;
import io.liangjiang.payments.settlement.Settlements;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The times of the daily run fit those of the settlements and of the bank. */
@ApplicationScoped
class RunCheck implements ProductionCheck {
  private final RunSettings settings;
  private final Payouts payouts;

  RunCheck(RunSettings settings, Payouts payouts) {
    this.settings = settings;
    this.payouts = payouts;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (Duration.ofNanos(settings.time().toNanoOfDay()).compareTo(Settlements.CLOCKS_DIFFER) < 0) {
      problems.add(
          "liangjiang.payments.runs.time must be "
              + Settlements.CLOCKS_DIFFER
              + " after midnight or later: the day before is not settled earlier");
    }
    if (settings.lease().compareTo(payouts.longestStep()) <= 0) {
      problems.add(
          "liangjiang.payments.runs.lease must be longer than "
              + payouts.longestStep()
              + ", which payouts take when the bank does not answer");
    }
    return problems;
  }
}
