package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.batch.Outcome;
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
  private final LockedAccounts accounts;
  private final Map<UUID, LedgerTransfer> known = new HashMap<>();
  private final Map<UUID, LedgerTransfer> answeredBefore = new HashMap<>();
  private final List<LedgerTransfer> booked = new ArrayList<>();
  private final Instant now;

  /**
   * @param accounts every account that the batch names and that exists, locked
   * @param existing every transfer that the batch names and that exists
   */
  BatchDecision(
      Collection<LedgerAccount> accounts, Collection<LedgerTransfer> existing, Instant now) {
    this.accounts = new LockedAccounts(accounts);
    existing.forEach(transfer -> known.put(transfer.id(), transfer));
    this.now = now;
  }

  /** Decides one group: all of its transfers, or the first one's refusal and no change. */
  Outcome<List<LedgerTransfer>> decide(List<? extends Instruction> group) {
    accounts.begin();
    answeredBefore.clear();
    int bookedBefore = booked.size();
    List<LedgerTransfer> results = new ArrayList<>(group.size());
    for (int index = 0; index < group.size(); index++) {
      try {
        results.add(decide(group.get(index)));
      } catch (ServiceException refusal) {
        undo(bookedBefore);
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
    return accounts.changed();
  }

  private LedgerTransfer decide(Instruction wanted) {
    LedgerTransfer earlier = known.get(wanted.transferId());
    if (earlier != null) {
      return Replay.of(earlier, wanted, known);
    }
    LedgerTransfer made =
        switch (wanted) {
          case Posting posting -> book(posting);
          case Reservation reservation -> reserve(reservation);
          case Answer answer -> answer(answer);
        };
    known.put(made.id(), made);
    booked.add(made);
    return made;
  }

  private LedgerTransfer book(Posting posting) {
    accounts.book(posting);
    return LedgerTransfer.plain(posting, now);
  }

  private LedgerTransfer reserve(Reservation reservation) {
    accounts.reserve(reservation.posting());
    var links = new Links(null, null, now.plus(reservation.ttl()));
    return new LedgerTransfer(reservation.posting(), Kind.PENDING, links, now);
  }

  private LedgerTransfer answer(Answer answer) {
    LedgerTransfer answered = known.get(answer.answeredId());
    if (answered == null) {
      throw new ServiceException(PaymentsReason.TRANSFER_NOT_FOUND, "no such transfer")
          .with("transferId", answer.answeredId());
    }
    AnswerRules.check(answer, answered, now);
    Posting posting = answered.posting();
    Posting made =
        switch (answer.kind()) {
          case POST -> posting.again(answer.transferId(), answer.amountOf(posting.amountMinor()));
          case REVERT -> posting.back(answer.transferId());
          default -> posting.again(answer.transferId(), posting.amountMinor());
        };
    switch (answer.kind()) {
      case POST -> accounts.settle(posting, made.amountMinor());
      case REVERT -> accounts.book(made);
      default -> accounts.settle(posting, 0);
    }
    answeredBefore.put(answered.id(), answered);
    known.put(answered.id(), answered.answeredBy(answer.transferId()));
    return new LedgerTransfer(made, answer.kind(), new Links(answered.id(), null, null), now);
  }

  private void undo(int bookedBefore) {
    accounts.undo();
    known.putAll(answeredBefore);
    var undone = booked.subList(bookedBefore, booked.size());
    undone.forEach(transfer -> known.remove(transfer.id()));
    undone.clear();
  }
}
