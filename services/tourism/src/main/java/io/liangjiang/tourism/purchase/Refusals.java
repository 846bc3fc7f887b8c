package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.reservation.ReservationReason;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.trip.Settlement;

/** Refusals of the reservation engine and of constraints, in the contract's words. */
final class Refusals {
  private Refusals() {}

  static Throwable translate(Throwable failure) {
    if (Settlement.isDocumentTaken(failure)) {
      return Plan.holderHasTicket();
    }
    return failure instanceof ServiceException refusal
            && refusal.reason() == ReservationReason.SOLD_OUT
        ? soldOut(String.valueOf(refusal.metadata().get("poolId")))
        : failure;
  }

  /** Pools are named time-slot/(id) and site-day/(site)/(date). */
  private static ServiceException soldOut(String poolId) {
    var refusal = new ServiceException(TourismReason.SOLD_OUT, "too few places are left");
    String[] parts = poolId.split("/", -1);
    return parts.length == 2
        ? refusal.with("timeSlotId", parts[1])
        : refusal.with("siteId", parts[1]).with("date", parts[2]);
  }
}
