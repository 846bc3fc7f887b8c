package io.liangjiang.healthcare.rules;

import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * When the numbers of a department are released. A number of a later day can be had from {@code
 * advanceOpen} on the first day allowed until the day before is over, a number of the same day from
 * {@code sameDayOpen}; between the two there is a gap at night. Numbers kept for the day are
 * released on the day only.
 *
 * @param sameDayOpen from when numbers of the same day are given out; null where they are not
 * @param advanceOpen from when numbers of a later day are given out
 * @param minDaysAhead first later day, in days from today; 1 or more
 * @param maxDaysAhead last later day, in days from today
 * @param openUntilEnd whether a number can be had until the slot ends, not only until it starts
 */
public record BookingRule(
    @Nullable LocalTime sameDayOpen,
    LocalTime advanceOpen,
    int minDaysAhead,
    int maxDaysAhead,
    boolean openUntilEnd) {

  /** Checks that the days are in order. */
  public BookingRule {
    if (minDaysAhead < 1 || maxDaysAhead < minDaysAhead) {
      throw new IllegalArgumentException("days ahead must be 1 or more and in order");
    }
  }

  /**
   * The window in which the slot can be booked and that matters at the given time: the one that is
   * open, else the next one to open, else the last one.
   */
  public BookingWindow windowAt(Instant now, SlotTime slot) {
    BookingWindow advance = advanceWindow(slot);
    BookingWindow sameDay = sameDayWindow(slot);
    boolean advanceIsOver = !now.isBefore(advance.closesAt()) && !sameDay.isEmpty();
    return advance.isEmpty() || advanceIsOver ? sameDay : advance;
  }

  private BookingWindow advanceWindow(SlotTime slot) {
    if (slot.keptForDay()) {
      return BookingWindow.never(slot.start());
    }
    var opens = slot.date().minusDays(maxDaysAhead).atTime(advanceOpen).atZone(slot.zone());
    var closes = slot.date().minusDays(minDaysAhead - 1L).atStartOfDay(slot.zone());
    return new BookingWindow(opens.toInstant(), closes.toInstant());
  }

  private BookingWindow sameDayWindow(SlotTime slot) {
    Instant closes = openUntilEnd ? slot.end() : slot.start();
    if (sameDayOpen == null) {
      return BookingWindow.never(closes);
    }
    Instant opens = slot.date().atTime(sameDayOpen).atZone(slot.zone()).toInstant();
    return opens.isBefore(closes) ? new BookingWindow(opens, closes) : BookingWindow.never(closes);
  }
}
