package io.liangjiang.tourism.slot;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A window of time in which a product's ticket opens the gate.
 *
 * @param date day on which it starts, in the city's time zone
 */
public record TimeSlot(
    UUID timeSlotId, String productId, String siteId, LocalDate date, Times times) {

  /**
   * When it is.
   *
   * @param start first moment of entry, as it is sold
   * @param end end of entry, as it is sold; also the end of sale
   * @param entryOpens from when the gate lets in, at or before the start
   * @param entryCloses until when the gate lets in, at or after the end
   */
  public record Times(Instant start, Instant end, Instant entryOpens, Instant entryCloses) {}

  /** Whether it can still be sold. */
  public boolean isOnSaleAt(Instant now) {
    return now.isBefore(times.end());
  }

  /** The pool of its places. */
  public String poolId() {
    return "time-slot/" + timeSlotId;
  }

  /** The pool of the places of its site's day. */
  public String dayPoolId() {
    return dayPoolId(siteId, date);
  }

  /** The pool of the places of a site's day. */
  public static String dayPoolId(String siteId, LocalDate date) {
    return "site-day/" + siteId + "/" + date;
  }
}
