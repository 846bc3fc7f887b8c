package io.liangjiang.payments.closing;

import io.liangjiang.payments.v1.Account.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A business day; the closing is null while it is open. */
record Day(LocalDate date, @Nullable Closing closing) {

  /**
   * What was recorded when the day was closed.
   *
   * @param transferCount transfers in the journal up to the end of the day
   * @param lastTransferId the last of them; null when there are none
   */
  record Closing(
      Instant time,
      String by,
      long transferCount,
      @Nullable UUID lastTransferId,
      List<Total> totals) {}

  /** Both sides of all accounts of a kind up to the end of the day, minor units. */
  record Total(Kind kind, String currencyCode, long debitsMinor, long creditsMinor) {}

  boolean isClosed() {
    return closing != null;
  }
}
