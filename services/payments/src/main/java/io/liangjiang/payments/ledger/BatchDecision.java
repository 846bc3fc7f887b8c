package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides a batch of transfers in memory, against accounts that are locked: which are booked, which
 * are refused, and what becomes of the totals. Groups are decided in order, each all or none. Plain
 * arithmetic without a database, so that its rules can be held against a model.
 */
final class BatchDecision {
  private final Map<Long, LedgerAccount> accounts = new HashMap<>();
  private final Map<UUID, LedgerTransfer> known = new HashMap<>();
  private final Map<Long, LedgerAccount> changed = new HashMap<>();
  private final List<LedgerTransfer> booked = new ArrayList<>();
  private final Instant now;

  /**
   * @param accounts every account that the batch names and that exists, locked
   * @param existing every transfer that the batch names and that exists
   */
  BatchDecision(
      Collection<LedgerAccount> accounts, Collection<LedgerTransfer> existing, Instant now) {
    accounts.forEach(account -> this.accounts.put(account.id(), account));
    existing.forEach(transfer -> known.put(transfer.posting().transferId(), transfer));
    this.now = now;
  }

  /** Decides one group: all of its transfers, or the first one's refusal and no change. */
  Outcome<List<LedgerTransfer>> decide(List<Posting> group) {
    Map<Long, LedgerAccount> before = new HashMap<>();
    int bookedBefore = booked.size();
    List<LedgerTransfer> results = new ArrayList<>(group.size());
    for (int index = 0; index < group.size(); index++) {
      try {
        results.add(decide(group.get(index), before));
      } catch (ServiceException refusal) {
        undo(before, bookedBefore);
        return Outcome.refused(group.size() == 1 ? refusal : refusal.with("index", index));
      }
    }
    return Outcome.done(results);
  }

  /** Transfers to write. */
  List<LedgerTransfer> booked() {
    return booked;
  }

  /** Accounts with new totals, to write. */
  Collection<LedgerAccount> changed() {
    return changed.values();
  }

  private LedgerTransfer decide(Posting posting, Map<Long, LedgerAccount> before) {
    LedgerTransfer earlier = known.get(posting.transferId());
    if (earlier != null) {
      return replay(earlier, posting);
    }
    LedgerAccount debit = account(posting.debitAccountId());
    LedgerAccount credit = account(posting.creditAccountId());
    check(posting, debit, credit);
    before.putIfAbsent(debit.id(), debit);
    before.putIfAbsent(credit.id(), credit);
    put(debit.debit(posting.amountMinor()));
    put(credit.credit(posting.amountMinor()));
    var transfer = new LedgerTransfer(posting, now);
    known.put(posting.transferId(), transfer);
    booked.add(transfer);
    return transfer;
  }

  private static LedgerTransfer replay(LedgerTransfer earlier, Posting posting) {
    Posting was = earlier.posting();
    boolean same =
        was.debitAccountId() == posting.debitAccountId()
            && was.creditAccountId() == posting.creditAccountId()
            && was.amountMinor() == posting.amountMinor()
            && was.reasonCode() == posting.reasonCode();
    if (!same) {
      throw new ServiceException(
              PlatformReason.REQUEST_ID_REUSED, "the request id was used for another transfer")
          .with("transferId", posting.transferId());
    }
    return earlier;
  }

  private LedgerAccount account(long id) {
    LedgerAccount account = accounts.get(id);
    if (account == null) {
      throw new ServiceException(PaymentsReason.ACCOUNT_NOT_FOUND, "no account " + id)
          .with("accountId", id);
    }
    return account;
  }

  private static void check(Posting posting, LedgerAccount debit, LedgerAccount credit) {
    boolean oneCurrency =
        debit.currencyCode().equals(posting.currencyCode())
            && credit.currencyCode().equals(posting.currencyCode());
    if (!oneCurrency) {
      throw new ServiceException(
          PaymentsReason.CURRENCY_MISMATCH, "accounts and amount are of different currencies");
    }
    if (!debit.canBeDebited(posting.amountMinor())) {
      throw new ServiceException(
              PaymentsReason.INSUFFICIENT_FUNDS, "the debited account has too little")
          .with("accountId", debit.id());
    }
    if (!credit.canBeCredited(posting.amountMinor())) {
      throw new ServiceException(
          PaymentsReason.INVALID_AMOUNT, "the credited account cannot hold that much");
    }
  }

  private void put(LedgerAccount account) {
    accounts.put(account.id(), account);
    changed.put(account.id(), account);
  }

  private void undo(Map<Long, LedgerAccount> before, int bookedBefore) {
    before.values().forEach(this::put);
    var undone = booked.subList(bookedBefore, booked.size());
    undone.forEach(transfer -> known.remove(transfer.posting().transferId()));
    undone.clear();
  }
}
