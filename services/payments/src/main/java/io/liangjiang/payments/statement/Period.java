package io.liangjiang.payments.statement;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.platform.errors.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** The days of a statement, both included. */
record Period(LocalDate first, LocalDate last) {
  private static final int MAX_DAYS = 366;

  /** Reads two days. Errors: INVALID_ARGUMENT. */
  static Period of(String startDate, String endDate) {
    LocalDate first = BusinessDate.parse(startDate, "start_date");
    LocalDate last = BusinessDate.parse(endDate, "end_date");
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    new Violations()
        .require(
            days >= 1 && days <= MAX_DAYS,
            "end_date",
            "must be the first day or one of the " + MAX_DAYS + " days from it on")
        .throwIfAny();
    return new Period(first, last);
  }

  Instant from() {
    return BusinessDate.startOf(first);
  }

  Instant to() {
    return BusinessDate.endOf(last);
  }
}
