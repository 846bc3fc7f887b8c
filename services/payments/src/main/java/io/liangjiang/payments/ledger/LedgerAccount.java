package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Account.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account with its totals.
 *
 * @param closeTime when it was closed; null while it is open
 */
public record LedgerAccount(
    long id,
    String code,
    Kind kind,
    String currencyCode,
    Guard guard,
    Totals totals,
    Instant createTime,
    @Nullable Instant closeTime) {

  /** What may not happen to an account, with what is pending counted in. */
  public enum Guard {
    NONE,
    /** It may never owe. */
    DEBITS_MUST_NOT_EXCEED_CREDITS,
    /** It may never be owed. */
    CREDITS_MUST_NOT_EXCEED_DEBITS;

    static Guard of(boolean debits, boolean credits) {
      if (debits) {
        return DEBITS_MUST_NOT_EXCEED_CREDITS;
      }
      return credits ? CREDITS_MUST_NOT_EXCEED_DEBITS : NONE;
    }
  }

  /** Sums of all debits and credits, booked and pending, in minor units. */
  public record Totals(
      long debitsMinor, long creditsMinor, long pendingDebitsMinor, long pendingCreditsMinor) {
    static final Totals ZERO = new Totals(0, 0, 0, 0);

    long allDebits() {
      return debitsMinor + pendingDebitsMinor;
    }

    long allCredits() {
      return creditsMinor + pendingCreditsMinor;
    }

    boolean areEmpty() {
      return debitsMinor == creditsMinor && pendingDebitsMinor == 0 && pendingCreditsMinor == 0;
    }
  }

  /** What a guarded account can still spend: what is set aside is not in it. */
  public long balanceMinor() {
    return totals.creditsMinor - totals.allDebits();
  }

  boolean isClosed() {
    return closeTime != null;
  }

  boolean hasFunds(long amountMinor) {
    return guard != Guard.DEBITS_MUST_NOT_EXCEED_CREDITS || amountMinor <= balanceMinor();
  }

  boolean hasRoom(long amountMinor) {
    return guard != Guard.CREDITS_MUST_NOT_EXCEED_DEBITS
        || amountMinor <= totals.debitsMinor - totals.allCredits();
  }

  boolean canCountDebit(long amountMinor) {
    return totals.allDebits() <= Amounts.MAX_MINOR - amountMinor;
  }

  boolean canCountCredit(long amountMinor) {
    return totals.allCredits() <= Amounts.MAX_MINOR - amountMinor;
  }

  /** With that much more booked and pending debits; releases are negative. */
  LedgerAccount debit(long bookedMinor, long pendingMinor) {
    return with(
        new Totals(
            totals.debitsMinor + bookedMinor,
            totals.creditsMinor,
            totals.pendingDebitsMinor + pendingMinor,
            totals.pendingCreditsMinor));
  }

  /** With that much more booked and pending credits; releases are negative. */
  LedgerAccount credit(long bookedMinor, long pendingMinor) {
    return with(
        new Totals(
            totals.debitsMinor,
            totals.creditsMinor + bookedMinor,
            totals.pendingDebitsMinor,
            totals.pendingCreditsMinor + pendingMinor));
  }

  LedgerAccount closed(Instant now) {
    return new LedgerAccount(id, code, kind, currencyCode, guard, totals, createTime, now);
  }

  private LedgerAccount with(Totals changed) {
    return new LedgerAccount(id, code, kind, currencyCode, guard, changed, createTime, closeTime);
  }
}
