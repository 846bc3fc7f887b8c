package io.liangjiang.sandbox.channel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as the channel writes them: RFC 3339, always at +08:00, whole seconds. */
final class ChannelTime {
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
  private static final DateTimeFormatter BILL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private ChannelTime() {}

  static String format(Instant instant) {
    return RFC_3339.format(instant.atOffset(BEIJING));
  }

  /** The form of the bill. */
  static String bill(Instant instant) {
    return BILL.format(instant.atOffset(BEIJING));
  }

  /** 14 digits, for numbers that show their day. */
  static String compact(Instant instant) {
    return COMPACT.format(instant.atOffset(BEIJING));
  }

  /** When a day of the bill starts. */
  static Instant startOf(LocalDate day) {
    return day.atStartOfDay().toInstant(BEIJING);
  }

  /** The day of the bill in which the instant lies. */
  static LocalDate day(Instant instant) {
    return instant.atOffset(BEIJING).toLocalDate();
  }

  /** Reads RFC 3339. Errors: PARAM_ERROR. */
  static Instant parse(String text, String field) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw ChannelErrors.parameter(field + " must be RFC 3339, as 2025-05-20T13:29:35+08:00");
    }
  }
}
