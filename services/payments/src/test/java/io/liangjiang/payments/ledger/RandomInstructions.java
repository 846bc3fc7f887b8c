package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Transfer.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Instructions that meet each other: few accounts, ids used again, answers to what was asked. */
final class RandomInstructions {
  private static final int AMOUNT_BOUND = 40;
  private static final List<Kind> ANSWERS = List.of(Kind.POST, Kind.POST, Kind.VOID, Kind.REVERT);

  private final Random random;
  private final List<Long> accounts;
  private final Duration ttlStep;
  private final List<Instruction> asked = new ArrayList<>();

  RandomInstructions(long seed, List<Long> accounts, Duration ttlStep) {
    this.random = new Random(seed);
    this.accounts = accounts;
    this.ttlStep = ttlStep;
  }

  Random random() {
    return random;
  }

  Instruction next() {
    int choice = random.nextInt(10);
    if (choice == 0 && !asked.isEmpty()) {
      return asked.get(random.nextInt(asked.size()));
    }
    var id = choice == 1 && !asked.isEmpty() ? someAsked() : UUID.randomUUID();
    var wanted = choice < 5 || asked.isEmpty() ? move(id) : answer(id);
    asked.add(wanted);
    return wanted;
  }

  private Instruction move(UUID id) {
    int debit = random.nextInt(accounts.size());
    int credit = (debit + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
    var posting =
        new Posting(
            id,
            accounts.get(debit),
            accounts.get(credit),
            1L + random.nextInt(AMOUNT_BOUND),
            Amounts.CURRENCY,
            0);
    return random.nextBoolean()
        ? posting
        : new Reservation(posting, ttlStep.multipliedBy(1L + random.nextInt(5)));
  }

  private Instruction answer(UUID id) {
    Kind kind = ANSWERS.get(random.nextInt(ANSWERS.size()));
    boolean part = kind == Kind.POST && random.nextBoolean();
    UUID answered = someAsked();
    return answered.equals(id)
        ? move(UUID.randomUUID())
        : new Answer(id, answered, kind, part ? 1L + random.nextInt(AMOUNT_BOUND) : 0);
  }

  private UUID someAsked() {
    int recent = Math.min(asked.size(), 20); // older ones are mostly answered
    return asked.get(asked.size() - 1 - random.nextInt(recent)).transferId();
  }
}
