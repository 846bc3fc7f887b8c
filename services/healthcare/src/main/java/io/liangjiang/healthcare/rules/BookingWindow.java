package io.liangjiang.healthcare.rules;

import java.time.Instant;

/**
 * A time during which something can be done.
 *
 * @param opensAt the first moment in it
 * @param closesAt the first moment after it
 */
public record BookingWindow(Instant opensAt, Instant closesAt) {

  /** A window that is never open. */
  static BookingWindow never(Instant at) {
    return new BookingWindow(at, at);
  }

  /** Whether the moment lies in it. */
  public boolean isOpenAt(Instant now) {
    return !now.isBefore(opensAt) && now.isBefore(closesAt);
  }

  boolean isEmpty() {
    return !opensAt.isBefore(closesAt);
  }
}
