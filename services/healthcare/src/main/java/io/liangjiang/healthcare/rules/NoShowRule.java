package io.liangjiang.healthcare.rules;

import java.time.LocalDate;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * When a patient who did not come is blocked: more than {@code forgiven} no-shows on {@code
 * windowDays} consecutive days block for {@code blockDays} days from the day of the one that was
 * too many.
 *
 * @param forgiven how many are forgiven; 0 or more
 * @param windowDays length of the window, the first and the last day included; 1 or more
 * @param blockDays length of the block, the day of the no-show included; 0 or more
 */
public record NoShowRule(int forgiven, int windowDays, int blockDays) {

  /** Checks the ranges. */
  public NoShowRule {
    if (forgiven < 0 || windowDays < 1 || blockDays < 0) {
      throw new IllegalArgumentException("no-show rule out of range");
    }
  }

  /** How many days back a no-show can still matter today. */
  public int daysOfInterest() {
    return windowDays + blockDays;
  }

  /**
   * The first day on which the patient can book again, or null when the patient is not blocked on
   * `today`.
   *
   * @param noShows days of the no-shows, in any order, several on one day included
   */
  public @Nullable LocalDate blockedUntil(Collection<LocalDate> noShows, LocalDate today) {
    var days = noShows.stream().filter(day -> !day.isAfter(today)).sorted().toList();
    LocalDate until = null;
    for (int last = forgiven; last < days.size(); last++) {
      LocalDate tooMany = days.get(last);
      if (days.get(last - forgiven).isAfter(tooMany.minusDays(windowDays))) {
        until = tooMany.plusDays(blockDays);
      }
    }
    return until != null && today.isBefore(until) ? until : null;
  }
}
