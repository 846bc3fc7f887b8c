package io.liangjiang.payments.bill;

import io.liangjiang.platform.errors.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** The city's days. */
public final class BusinessDate {
  /** Where a day of the books begins and ends. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final LocalTime BILLS_FROM = LocalTime.of(10, 0);
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 9999;

  private BusinessDate() {}

  /** The day in which the moment lies. */
  public static LocalDate of(Instant moment) {
    return moment.atZone(ZONE).toLocalDate();
  }

  /** When a day begins. */
  public static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  /** When the next day begins. */
  public static Instant endOf(LocalDate day) {
    return startOf(day.plusDays(1));
  }

  /** When the channels have a day's bills: at 10:00 of the next. */
  public static Instant billsFrom(LocalDate day) {
    return day.plusDays(1).atTime(BILLS_FROM).atZone(ZONE).toInstant();
  }

  /** Reads yyyy-MM-dd. Errors: INVALID_ARGUMENT naming the field. */
  public static LocalDate parse(String text, String field) {
    LocalDate day = parseOrMin(text);
    new Violations()
        .require(
            day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR,
            field,
            "must be a day as yyyy-MM-dd")
        .throwIfAny();
    return day;
  }

  private static LocalDate parseOrMin(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return LocalDate.MIN;
    }
  }
}
