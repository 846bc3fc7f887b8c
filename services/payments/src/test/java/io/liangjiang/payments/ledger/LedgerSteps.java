package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Transfer.Kind;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;

/**
 * What callers ask of a ledger, as data that can be drawn at random and shrunk. Steps name accounts
 * and earlier steps by position, so that they meet each other: few accounts, ids used again,
 * answers to what was asked.
 */
final class LedgerSteps {
  static final int ACCOUNTS = 4;

  private static final int MAX_BATCHES = 60;
  private static final int MAX_GROUPS = 4;
  private static final int MAX_STEPS = 3;
  private static final int MAX_AMOUNT = 40;
  private static final int MAX_TTL_STEPS = 3;
  private static final int MAX_BACK = 8; // older ones are mostly answered
  private static final int MAX_PAUSE_PERCENT = 200;
  private static final int GENERATOR_SIZE = 1_000;

  private LedgerSteps() {}

  /** Something that is asked for. */
  sealed interface Step {}

  /**
   * Moves money, or sets it aside.
   *
   * @param debit position of the account that pays
   * @param distance from there to the account that is paid, 1 to ACCOUNTS - 1
   * @param ttlSteps how long it is set aside; 0 moves it at once
   */
  record Move(int debit, int distance, long amountMinor, int ttlSteps) implements Step {}

  /**
   * Answers an earlier step.
   *
   * @param back how many steps ago that was, of those that were not refused; 0 for one that nobody
   *     ever asked for
   * @param amountMinor 0 for all of it
   */
  record Answering(Kind kind, int back, long amountMinor) implements Step {}

  /** Sends an earlier step once more. */
  record Again(int back) implements Step {}

  /** Sends something else under the id of an earlier step. */
  record SameId(int back, Step wanted) implements Step {}

  /**
   * What is decided together.
   *
   * @param pausePercent time since the last batch, of the time that a ttl step is
   * @param expires whether what is over is released first
   * @param groups each all or none
   */
  record Batch(int pausePercent, boolean expires, List<List<Step>> groups) {}

  static Arbitrary<List<Batch>> batches() {
    return batch().list().ofMinSize(1).ofMaxSize(MAX_BATCHES);
  }

  /** The same groups for the same seed, outside of a property. */
  static List<Batch> drawn(long seed, int batches) {
    var drawn = new AtomicReference<List<Batch>>();
    JqwikSession.run(
        () ->
            drawn.set(
                batch()
                    .list()
                    .ofSize(batches)
                    .generator(GENERATOR_SIZE)
                    .next(new Random(seed))
                    .value()));
    return drawn.get();
  }

  private static Arbitrary<Batch> batch() {
    return Combinators.combine(
            Arbitraries.integers().between(0, MAX_PAUSE_PERCENT),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
            step()
                .list()
                .ofMinSize(1)
                .ofMaxSize(MAX_STEPS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MAX_GROUPS))
        .as(Batch::new);
  }

  private static Arbitrary<Step> step() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, move()),
        Tuple.of(5, answer()),
        Tuple.of(1, back().map(Again::new)),
        Tuple.of(
            1, Combinators.combine(back(), Arbitraries.oneOf(move(), answer())).as(SameId::new)));
  }

  private static Arbitrary<Step> move() {
    return Combinators.combine(
            // half of it comes from the first account, so that the others have something to move
            Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(1, ACCOUNTS - 1)),
            Arbitraries.integers().between(1, ACCOUNTS - 1),
            Arbitraries.longs().between(1, MAX_AMOUNT),
            Arbitraries.oneOf(
                Arbitraries.just(0), Arbitraries.integers().between(1, MAX_TTL_STEPS)))
        .as(Move::new);
  }

  private static Arbitrary<Step> answer() {
    var posts =
        Combinators.combine(
                back(),
                Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().between(1, MAX_AMOUNT)))
            .<Step>as((back, amountMinor) -> new Answering(Kind.POST, back, amountMinor));
    var others =
        Combinators.combine(Arbitraries.of(Kind.VOID, Kind.REVERT), answered())
            .<Step>as((kind, back) -> new Answering(kind, back, 0));
    return Arbitraries.oneOf(posts, others);
  }

  private static Arbitrary<Integer> answered() {
    return Arbitraries.integers().between(0, MAX_BACK);
  }

  private static Arbitrary<Integer> back() {
    return Arbitraries.integers().between(1, MAX_BACK);
  }
}
