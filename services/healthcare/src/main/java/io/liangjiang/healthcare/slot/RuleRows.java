package io.liangjiang.healthcare.slot;

import io.liangjiang.healthcare.rules.BookingRule;
import io.liangjiang.healthcare.rules.DayLimit;
import io.liangjiang.healthcare.rules.HospitalRules;
import io.liangjiang.healthcare.rules.NoShowRule;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;

/** Reads the rules that a row of hospital, booking_rule or bookable_slot carries. */
public final class RuleRows {
  private RuleRows() {}

  /** The columns of table hospital. */
  public static HospitalRules hospitalRules(Row row) {
    return new HospitalRules(
        new DayLimit(
            row.getInteger("max_departments_a_day"),
            row.getInteger("max_appointments_a_department")),
        new NoShowRule(
            row.getInteger("no_shows_forgiven"),
            row.getInteger("no_show_window_days"),
            row.getInteger("no_show_block_days")),
        row.getLocalTime("cancel_until_day_before"),
        Duration.ofMinutes(row.getInteger("check_in_opens_minutes_before")));
  }

  /** The columns of table booking_rule. */
  public static BookingRule bookingRule(Row row) {
    return new BookingRule(
        row.getLocalTime("same_day_open"),
        row.getLocalTime("advance_open"),
        row.getInteger("min_days_ahead"),
        row.getInteger("max_days_ahead"),
        row.getBoolean("open_until_end"));
  }
}
