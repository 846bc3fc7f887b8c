package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerSteps.Again;
import io.liangjiang.payments.ledger.LedgerSteps.Answering;
import io.liangjiang.payments.ledger.LedgerSteps.Move;
import io.liangjiang.payments.ledger.LedgerSteps.SameId;
import io.liangjiang.payments.ledger.LedgerSteps.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Turns steps into instructions with ids, in the order in which they are asked for. */
final class LedgerScript {
  private final List<Long> accounts;
  private final Duration ttlStep;
  private final List<Instruction> asked = new ArrayList<>();
  private final List<Instruction> notRefused = new ArrayList<>();

  LedgerScript(List<Long> accounts, Duration ttlStep) {
    this.accounts = accounts;
    this.ttlStep = ttlStep;
  }

  List<Instruction> read(List<Step> group) {
    return group.stream().map(this::read).toList();
  }

  /** That group was refused: it makes no sense to answer it. */
  void refused(List<Instruction> group) {
    notRefused.removeAll(group);
  }

  private Instruction read(Step step) {
    if (step instanceof Again(int back) && !asked.isEmpty()) {
      return before(asked, back);
    }
    Instruction wanted = read(step, UUID.randomUUID());
    asked.add(wanted);
    notRefused.add(wanted);
    return wanted;
  }

  private Instruction read(Step step, UUID id) {
    return switch (step) {
      case Move move -> move(move, id);
      case Answering answer -> answer(answer, id);
      case SameId same when !asked.isEmpty() ->
          read(same.wanted(), before(asked, same.back()).transferId());
      // There is nothing before that it could be about.
      case SameId(int back, Step other) -> first(back);
      case Again(int back) -> first(back);
    };
  }

  private Instruction answer(Answering answer, UUID id) {
    if (answer.back() == 0) {
      return new Answer(id, UUID.randomUUID(), answer.kind(), answer.amountMinor());
    }
    UUID answered = notRefused.isEmpty() ? id : before(notRefused, answer.back()).transferId();
    return answered.equals(id)
        ? first(answer.back())
        : new Answer(id, answered, answer.kind(), answer.amountMinor());
  }

  private Instruction first(long amountMinor) {
    return move(new Move(0, 1, amountMinor, 0), UUID.randomUUID());
  }

  private Instruction move(Move move, UUID id) {
    int credit = (move.debit() + move.distance()) % accounts.size();
    var posting =
        new Posting(
            id,
            accounts.get(move.debit()),
            accounts.get(credit),
            move.amountMinor(),
            Amounts.CURRENCY,
            0);
    return move.ttlSteps() == 0
        ? posting
        : new Reservation(posting, ttlStep.multipliedBy(move.ttlSteps()));
  }

  private static Instruction before(List<Instruction> all, int back) {
    return all.get(all.size() - 1 - (back - 1) % all.size());
  }
}
