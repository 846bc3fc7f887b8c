package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.ledger.LedgerAccount.Totals;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.Transfer.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a database would keep between batches, in maps. The first account may owe. */
final class KeptLedger {
  private final Map<Long, LedgerAccount> accounts = new HashMap<>();
  private final Map<UUID, LedgerTransfer> transfers = new HashMap<>();

  KeptLedger(List<Long> ids, Instant now) {
    ids.forEach(id -> accounts.put(id, account(id, !id.equals(ids.getFirst()), now)));
  }

  Collection<LedgerAccount> accounts() {
    return List.copyOf(accounts.values());
  }

  Collection<LedgerTransfer> transfers() {
    return List.copyOf(transfers.values());
  }

  Totals totals(long account) {
    return accounts.get(account).totals();
  }

  BatchDecision decision(Instant now) {
    return new BatchDecision(accounts(), transfers(), now);
  }

  /** Pending transfers whose time is over. */
  List<LedgerTransfer> due(Instant now) {
    return transfers.values().stream()
        .filter(t -> t.kind() == Kind.PENDING && t.links().answeringId() == null)
        .filter(t -> t.isExpired(now))
        .toList();
  }

  void keep(BatchDecision decision) {
    keepAllButAnswers(decision);
    for (LedgerTransfer made : decision.booked()) {
      UUID answered = made.links().answeredId();
      if (answered != null) {
        transfers.computeIfPresent(answered, (id, transfer) -> transfer.answeredBy(made.id()));
      }
    }
  }

  /** For planting a bug: nobody hears that a transfer was answered. */
  void keepAllButAnswers(BatchDecision decision) {
    decision.changed().forEach(account -> accounts.put(account.id(), account));
    decision.booked().forEach(made -> transfers.putIfAbsent(made.id(), made));
  }

  private static LedgerAccount account(long id, boolean guarded, Instant now) {
    return new LedgerAccount(
        id,
        "test/" + id,
        Account.Kind.LIABILITY,
        Amounts.CURRENCY,
        Guard.of(guarded, false),
        Totals.ZERO,
        now,
        null);
  }
}
