package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.errors.ServiceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The accounts that a batch has locked, and what has become of their totals. What is done after a
 * {@link #begin} can be undone until the next.
 */
final class LockedAccounts {
  private final Map<Long, LedgerAccount> accounts = new HashMap<>();
  private final Map<Long, LedgerAccount> changed = new HashMap<>();
  private final Map<Long, LedgerAccount> before = new HashMap<>();

  LockedAccounts(Collection<LedgerAccount> accounts) {
    accounts.forEach(account -> this.accounts.put(account.id(), account));
  }

  void begin() {
    before.clear();
  }

  void undo() {
    before.values().forEach(this::put);
  }

  /** Accounts with new totals, to write. */
  Collection<LedgerAccount> changed() {
    return changed.values();
  }

  /**
   * Books a posting. Errors: ACCOUNT_NOT_FOUND, ACCOUNT_CLOSED, CURRENCY_MISMATCH,
   * INSUFFICIENT_FUNDS, CREDIT_LIMIT_EXCEEDED, INVALID_AMOUNT.
   */
  void book(Posting posting) {
    check(posting);
    change(posting, posting.amountMinor(), 0);
  }

  /** Sets the amount of a posting aside. Errors as of {@link #book}. */
  void reserve(Posting posting) {
    check(posting);
    change(posting, 0, posting.amountMinor());
  }

  /** Books part of what was set aside, or nothing of it, and releases the rest. */
  void settle(Posting reserved, long bookedMinor) {
    change(reserved, bookedMinor, -reserved.amountMinor());
  }

  private void change(Posting posting, long bookedMinor, long pendingMinor) {
    LedgerAccount debit = account(posting.debitAccountId());
    LedgerAccount credit = account(posting.creditAccountId());
    before.putIfAbsent(debit.id(), debit);
    before.putIfAbsent(credit.id(), credit);
    put(debit.debit(bookedMinor, pendingMinor));
    put(credit.credit(bookedMinor, pendingMinor));
  }

  private void put(LedgerAccount account) {
    accounts.put(account.id(), account);
    changed.put(account.id(), account);
  }

  private LedgerAccount account(long id) {
    LedgerAccount account = accounts.get(id);
    if (account == null) {
      throw new ServiceException(PaymentsReason.ACCOUNT_NOT_FOUND, "no account " + id)
          .with("accountId", id);
    }
    return account;
  }

  private void check(Posting posting) {
    LedgerAccount debit = account(posting.debitAccountId());
    LedgerAccount credit = account(posting.creditAccountId());
    long amountMinor = posting.amountMinor();
    requireOpen(debit);
    requireOpen(credit);
    boolean oneCurrency =
        debit.currencyCode().equals(posting.currencyCode())
            && credit.currencyCode().equals(posting.currencyCode());
    if (!oneCurrency) {
      throw new ServiceException(
          PaymentsReason.CURRENCY_MISMATCH, "accounts and amount are of different currencies");
    }
    if (!debit.hasFunds(amountMinor)) {
      throw new ServiceException(
              PaymentsReason.INSUFFICIENT_FUNDS, "the debited account has too little")
          .with("accountId", debit.id());
    }
    if (!credit.hasRoom(amountMinor)) {
      throw new ServiceException(
              PaymentsReason.CREDIT_LIMIT_EXCEEDED, "the credited account is owed less than that")
          .with("accountId", credit.id());
    }
    if (!debit.canCountDebit(amountMinor) || !credit.canCountCredit(amountMinor)) {
      throw new ServiceException(
          PaymentsReason.INVALID_AMOUNT, "the accounts cannot count that much");
    }
  }

  private static void requireOpen(LedgerAccount account) {
    if (account.isClosed()) {
      throw new ServiceException(PaymentsReason.ACCOUNT_CLOSED, "the account is closed")
          .with("accountId", account.id());
    }
  }
}
