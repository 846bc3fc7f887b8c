package io.liangjiang.sandbox.fault;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/** The plan in force. */
@Singleton
public final class Faults {
  private final AtomicReference<FaultPlan> plan = new AtomicReference<>(FaultPlan.NONE);

  /** What goes wrong now. */
  public FaultPlan now() {
    return plan.get();
  }

  /** Changes the fields that the change names. */
  FaultPlan change(FaultPlan change) {
    return plan.updateAndGet(before -> before.with(change));
  }

  /** Ends all faults. */
  FaultPlan end() {
    plan.set(FaultPlan.NONE);
    return FaultPlan.NONE;
  }
}
