package io.liangjiang.tourism.trip;

/** Where a trip stands. */
public enum TripState {
  /** Places are held, the payment order is being created. */
  PENDING_ORDER,
  /** Places are held, the payment order can be paid. */
  AWAITING_PAYMENT,
  /** Paid, and the tickets are issued. */
  CONFIRMED,
  /** Given up before it was paid. */
  CANCELLED,
  /** Not paid in time. */
  EXPIRED,
  /** The money is on its way back. */
  REFUNDING,
  /** The money is back. */
  REFUNDED;

  /** Whether places are held for it. */
  public boolean isHolding() {
    return this == PENDING_ORDER || this == AWAITING_PAYMENT;
  }
}
