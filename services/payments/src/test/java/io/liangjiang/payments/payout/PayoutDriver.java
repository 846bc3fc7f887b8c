package io.liangjiang.payments.payout;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;

/** Drives the sweep of payouts from tests of other packages. */
@Dependent
public class PayoutDriver {
  private final PayoutSweep sweep;

  PayoutDriver(PayoutSweep sweep) {
    this.sweep = sweep;
  }

  public Uni<Void> sweep() {
    return sweep.sweep();
  }
}
