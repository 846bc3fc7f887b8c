package io.liangjiang.payments.payout;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The bank in tests: keeps its own books, and answers as it is told. */
@Singleton
public class CounterpartBank implements PayoutChannel {
  /** The bank's number for each payout. */
  public static final String REFERENCE = "B-1";

  /** As the real one's by default. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  private final Map<String, Instruction> taken = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.PAY;
  private volatile Supplier<Uni<Void>> silence = () -> Uni.createFrom().voidItem();

  /** How the bank answers. */
  public enum Mood {
    PAY,
    WAIT,
    REFUSE,
    /** It pays, and nobody hears of it. */
    LOSE_ANSWER,
    /** It is asked and does nothing until nobody waits any more. */
    SILENT,
    NOT_THERE
  }

  public void be(Mood wanted) {
    mood = wanted;
  }

  /** Is silent, and meanwhile that happens, once a payout. */
  public void beSilent(Supplier<Uni<Void>> meanwhile) {
    silence = meanwhile;
    be(Mood.SILENT);
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
  public Duration callTimeout() {
    return CALL_TIMEOUT;
  }

  @Override
  public Uni<Answer> pay(Instruction instruction) {
    return switch (mood) {
      case PAY -> Uni.createFrom().item(take(instruction));
      case WAIT -> Uni.createFrom().item(new Accepted());
      case REFUSE -> Uni.createFrom().item(new Refused("ACCOUNT_CLOSED"));
      case SILENT ->
          (asked.add(instruction.payoutNumber()) ? silence.get() : Uni.createFrom().voidItem())
              .chain(() -> Uni.createFrom().failure(new IllegalStateException("no answer")));
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
