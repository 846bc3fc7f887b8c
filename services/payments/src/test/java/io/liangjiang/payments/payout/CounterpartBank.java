package io.liangjiang.payments.payout;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bank in tests: keeps its own books, and answers as it is told. */
@Singleton
public class CounterpartBank implements PayoutChannel {
  /** The bank's number for each payout. */
  public static final String REFERENCE = "B-1";

  private final Map<String, Instruction> taken = new ConcurrentHashMap<>();
  private volatile Mood mood = Mood.PAY;

  /** How the bank answers. */
  public enum Mood {
    PAY,
    WAIT,
    REFUSE,
    /** It pays, and nobody hears of it. */
    LOSE_ANSWER,
    NOT_THERE
  }

  public void be(Mood wanted) {
    mood = wanted;
  }

  /** What the bank has paid to accounts of that name. */
  public long paidMinor(String accountName) {
    return taken.values().stream()
        .filter(instruction -> instruction.account().name().equals(accountName))
        .mapToLong(Instruction::amountMinor)
        .sum();
  }

  @Override
  public boolean isSetUp() {
    return mood != Mood.NOT_THERE;
  }

  @Override
  public Uni<Answer> pay(Instruction instruction) {
    return switch (mood) {
      case PAY -> Uni.createFrom().item(take(instruction));
      case WAIT -> Uni.createFrom().item(new Accepted());
      case REFUSE -> Uni.createFrom().item(new Refused("ACCOUNT_CLOSED"));
      case LOSE_ANSWER, NOT_THERE -> {
        var lost = take(instruction);
        yield Uni.createFrom().failure(new IllegalStateException("no answer, though " + lost));
      }
    };
  }

  private Answer take(Instruction instruction) {
    Instruction before = taken.putIfAbsent(instruction.payoutNumber(), instruction);
    if (before != null && !before.equals(instruction)) {
      throw new IllegalStateException("the number is another payout's");
    }
    return new Paid(REFERENCE);
  }
}
