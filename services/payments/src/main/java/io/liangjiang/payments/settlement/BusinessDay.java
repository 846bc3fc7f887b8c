package io.liangjiang.payments.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days as merchants count them, in China Standard Time. */
public final class BusinessDay {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private BusinessDay() {}

  /** The business day in which the instant lies. */
  public static LocalDate of(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }

  /** The first instant that is no longer of the day. */
  public static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZONE).toInstant();
  }

  /** The last day that is due on a date when payments wait for so many days. */
  static LocalDate due(LocalDate date, int delayDays) {
    return date.minusDays(delayDays);
  }
}
