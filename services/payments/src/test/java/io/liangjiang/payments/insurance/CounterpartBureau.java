package io.liangjiang.payments.insurance;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The bureau in tests: keeps its own books, and answers as it is told. */
@Singleton
public class CounterpartBureau implements InsuranceBureau {
  /** What a phone allows with; the bureau knows no other. */
  public static final String AUTHORIZATION = "AUTH-1";

  /** The same for an insured person of whom the bureau pays everything. */
  public static final String PAYS_ALL = "AUTH-ALL";

  private static final int FUND_PERCENT = 60;
  private static final int ACCOUNT_PERCENT = 20;
  private static final int OTHER_PERCENT = 5;

  private final Map<String, Kept> books = new ConcurrentHashMap<>();

  /** Bills that the phone paid while the bureau waited; it decides when it is asked. */
  private final Map<String, Boolean> asked = new ConcurrentHashMap<>();

  private volatile List<Entry> stated = List.of();
  private volatile Mood mood = Mood.SETTLE;

  /** How the bureau behaves. */
  public enum Mood {
    SETTLE,
    DECLINE,
    /** It decides later. */
    WAIT,
    /** It settles, and takes nothing back. */
    KEEP,
    /** It does what it is asked, and nobody hears of it. */
    LOSE_ANSWER,
    AWAY
  }

  private record Kept(Bill bill, Split split, State state) {
    Kept in(State other) {
      return new Kept(bill, split, other);
    }
  }

  public void be(Mood wanted) {
    mood = wanted;
  }

  private void settle(String number) {
    books.computeIfPresent(
        number,
        (no, entry) ->
            entry.state != State.CREATED || mood == Mood.WAIT || mood == Mood.AWAY
                ? entry
                : entry.in(mood == Mood.DECLINE ? State.DECLINED : State.SETTLED));
  }

  /** What the bureau really has. */
  public State stateOf(String number) {
    return books.containsKey(number) ? books.get(number).state : State.UNKNOWN;
  }

  /** What the bureau owes for a bill. */
  public long owedMinor(String number) {
    return stateOf(number) == State.SETTLED ? books.get(number).split.insuredMinor() : 0;
  }

  /** What its statements say from now on, whatever the day. */
  public void state(Entry... entries) {
    stated = List.of(entries);
  }

  @Override
  public Uni<Statement> statement(LocalDate day) {
    return answer(
        () -> new Statement(stated, sum(false), sum(true), "%040x".formatted(stated.hashCode())));
  }

  private long sum(boolean reversals) {
    return stated.stream()
        .filter(entry -> entry.isReversal() == reversals)
        .mapToLong(Entry::amountMinor)
        .sum();
  }

  @Override
  public boolean isSetUp() {
    return true;
  }

  @Override
  public Uni<Split> split(Bill bill) {
    return answer(
        () -> {
          if (!bill.authorization().startsWith("AUTH-")) {
            throw new Refused("INVALID_AUTHORIZATION");
          }
          return books.computeIfAbsent(bill.number(), no -> new Kept(bill, of(bill), State.CREATED))
              .split;
        });
  }

  @Override
  public Uni<State> query(String number) {
    return answer(
        () -> {
          settleLate(number);
          return stateOf(number);
        });
  }

  @Override
  public Uni<State> reverse(String number) {
    return answer(
        () -> {
          if (mood == Mood.KEEP && stateOf(number) == State.SETTLED) {
            return State.KEPT;
          }
          books.computeIfPresent(number, (no, entry) -> entry.in(reversed(entry.state)));
          return stateOf(number);
        });
  }

  /** The phone has paid, whatever the bureau does about it. */
  public void ask(String number) {
    asked.put(number, true);
    settle(number);
  }

  private void settleLate(String number) {
    if (asked.containsKey(number)) {
      settle(number);
    }
  }

  private static State reversed(State state) {
    return switch (state) {
      case SETTLED -> State.REVERSED;
      case CREATED -> State.CANCELLED;
      default -> state;
    };
  }

  private static Split of(Bill bill) {
    long total = bill.totalMinor();
    if (bill.authorization().equals(PAYS_ALL)) {
      return new Split("ORD" + bill.number(), total, 0, 0, 0);
    }
    long fund = total * FUND_PERCENT / 100;
    long account = total * ACCOUNT_PERCENT / 100;
    long other = total * OTHER_PERCENT / 100;
    return new Split("ORD" + bill.number(), fund, account, other, total - fund - account - other);
  }

  private <T> Uni<T> answer(Supplier<T> work) {
    if (mood == Mood.AWAY) {
      return unheard();
    }
    return Uni.createFrom()
        .item(work)
        .chain(done -> mood == Mood.LOSE_ANSWER ? unheard() : Uni.createFrom().item(done));
  }

  private static <T> Uni<T> unheard() {
    return Uni.createFrom()
        .failure(new ServiceException(PaymentsReason.CHANNEL_UNAVAILABLE, "no answer"));
  }
}
