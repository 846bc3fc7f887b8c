package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Account.Kind;
import java.time.Instant;

/**
 * An account with its totals in minor units.
 *
 * @param guarded its debits may not exceed its credits
 */
public record LedgerAccount(
    long id,
    String code,
    Kind kind,
    String currencyCode,
    boolean guarded,
    long debitsMinor,
    long creditsMinor,
    Instant createTime) {

  /** What a guarded account can still spend. */
  public long balanceMinor() {
    return creditsMinor - debitsMinor;
  }

  boolean canBeDebited(long amountMinor) {
    return (!guarded || amountMinor <= balanceMinor())
        && debitsMinor <= Amounts.MAX_MINOR - amountMinor;
  }

  boolean canBeCredited(long amountMinor) {
    return creditsMinor <= Amounts.MAX_MINOR - amountMinor;
  }

  LedgerAccount debit(long amountMinor) {
    return new LedgerAccount(
        id, code, kind, currencyCode, guarded, debitsMinor + amountMinor, creditsMinor, createTime);
  }

  LedgerAccount credit(long amountMinor) {
    return new LedgerAccount(
        id, code, kind, currencyCode, guarded, debitsMinor, creditsMinor + amountMinor, createTime);
  }
}
