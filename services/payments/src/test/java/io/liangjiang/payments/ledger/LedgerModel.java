package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Transfer.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as a list of what happened, folded anew for every question: too slow to use and too
 * simple to be wrong. All accounts but the bank may not owe.
 */
final class LedgerModel {
  static final String BOOKED = "";

  private record Fact(
      UUID id,
      Kind kind,
      long debit,
      long credit,
      long amount,
      @Nullable UUID answered,
      @Nullable Instant expires,
      Instruction wanted) {}

  private final long bank;
  private List<Fact> facts = new ArrayList<>();

  LedgerModel(long bank) {
    this.bank = bank;
  }

  /** Applies all or none; the reason of the first refusal, or {@link #BOOKED}. */
  String applyAll(List<? extends Instruction> group, Instant now) {
    var before = new ArrayList<>(facts);
    for (Instruction wanted : group) {
      String reason = apply(wanted, now);
      if (!reason.equals(BOOKED)) {
        facts = before;
        return reason;
      }
    }
    return BOOKED;
  }

  /** Releases what has expired. */
  void expire(Instant now) {
    for (Fact fact : List.copyOf(facts)) {
      if (isOpen(fact) && !now.isBefore(fact.expires)) {
        var id = UUID.randomUUID();
        add(id, Kind.EXPIRE, fact, fact.amount, Answer.inFull(id, fact.id, Kind.EXPIRE));
      }
    }
  }

  long debits(long account) {
    return facts.stream()
        .filter(f -> isPosted(f) && f.debit == account)
        .mapToLong(Fact::amount)
        .sum();
  }

  long credits(long account) {
    return facts.stream()
        .filter(f -> isPosted(f) && f.credit == account)
        .mapToLong(Fact::amount)
        .sum();
  }

  long pendingDebits(long account) {
    return facts.stream()
        .filter(f -> isOpen(f) && f.debit == account)
        .mapToLong(Fact::amount)
        .sum();
  }

  long pendingCredits(long account) {
    return facts.stream()
        .filter(f -> isOpen(f) && f.credit == account)
        .mapToLong(Fact::amount)
        .sum();
  }

  private String apply(Instruction wanted, Instant now) {
    for (Fact fact : facts) {
      if (fact.id.equals(wanted.transferId())) {
        return fact.wanted.equals(inFull(wanted)) ? BOOKED : "REQUEST_ID_REUSED";
      }
    }
    return switch (wanted) {
      case Posting p -> move(wanted, p, Kind.TRANSFER, null);
      case Reservation r -> move(wanted, r.posting(), Kind.PENDING, now.plus(r.ttl()));
      case Answer a -> answer(a, now);
    };
  }

  private String move(Instruction wanted, Posting p, Kind kind, @Nullable Instant expires) {
    long from = p.debitAccountId();
    if (from != bank && credits(from) - debits(from) - pendingDebits(from) < p.amountMinor()) {
      return "INSUFFICIENT_FUNDS";
    }
    facts.add(
        new Fact(
            p.transferId(),
            kind,
            from,
            p.creditAccountId(),
            p.amountMinor(),
            null,
            expires,
            wanted));
    return BOOKED;
  }

  private String answer(Answer wanted, Instant now) {
    Fact first =
        facts.stream().filter(f -> f.id.equals(wanted.answeredId())).findFirst().orElse(null);
    if (first == null) {
      return "TRANSFER_NOT_FOUND";
    }
    if (wanted.kind() == Kind.REVERT) {
      return revert(wanted, first);
    }
    if (first.kind != Kind.PENDING) {
      return "TRANSFER_NOT_PENDING";
    }
    if (isAnswered(first)) {
      return "PENDING_TRANSFER_ANSWERED";
    }
    if (wanted.kind() == Kind.POST && !now.isBefore(first.expires)) {
      return "PENDING_TRANSFER_EXPIRED";
    }
    if (wanted.kind() == Kind.POST && wanted.amountMinor() > first.amount) {
      return "AMOUNT_EXCEEDS_PENDING";
    }
    long amount = wanted.amountMinor() == 0 ? first.amount : wanted.amountMinor();
    add(wanted.transferId(), wanted.kind(), first, amount, wanted);
    return BOOKED;
  }

  private String revert(Answer wanted, Fact first) {
    if (first.kind != Kind.TRANSFER && first.kind != Kind.POST) {
      return "TRANSFER_NOT_REVERTIBLE";
    }
    if (isAnswered(first)) {
      return "TRANSFER_REVERTED";
    }
    long from = first.credit;
    if (from != bank && credits(from) - debits(from) - pendingDebits(from) < first.amount) {
      return "INSUFFICIENT_FUNDS";
    }
    facts.add(
        new Fact(
            wanted.transferId(),
            Kind.REVERT,
            from,
            first.debit,
            first.amount,
            first.id,
            null,
            inFull(wanted)));
    return BOOKED;
  }

  private void add(UUID id, Kind kind, Fact first, long amount, Instruction wanted) {
    facts.add(
        new Fact(id, kind, first.debit, first.credit, amount, first.id, null, inFull(wanted)));
  }

  /** An answer for all of it asks for the same as one that names how much that is. */
  private Instruction inFull(Instruction wanted) {
    if (!(wanted instanceof Answer(var id, var answered, var kind, var minor)) || minor != 0) {
      return wanted;
    }
    return facts.stream()
        .filter(fact -> fact.id.equals(answered))
        .findFirst()
        .<Instruction>map(first -> new Answer(id, answered, kind, first.amount))
        .orElse(wanted);
  }

  private static boolean isPosted(Fact fact) {
    return fact.kind == Kind.TRANSFER || fact.kind == Kind.POST || fact.kind == Kind.REVERT;
  }

  private boolean isOpen(Fact fact) {
    return fact.kind == Kind.PENDING && !isAnswered(fact);
  }

  private boolean isAnswered(Fact fact) {
    return facts.stream().anyMatch(f -> fact.id.equals(f.answered));
  }
}
