package io.liangjiang.payments.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A merchant's settlement.
 *
 * @param businessDate the last day that it covers
 * @param openingMinor balance of the account when the settlement before ended
 * @param closingMinor balance of the account at the end of the day
 */
public record DaySettlement(
    UUID id,
    String merchantId,
    LocalDate businessDate,
    Movement movement,
    long openingMinor,
    long closingMinor,
    Instant createTime) {

  /** Whether it says the same as the ledger: every fen of the account is in one of its lines. */
  boolean isTheLedger() {
    return openingMinor + movement.netMinor() - movement.paidOutMinor() == closingMinor;
  }
}
