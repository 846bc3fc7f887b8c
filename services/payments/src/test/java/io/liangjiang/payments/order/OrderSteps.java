package io.liangjiang.payments.order;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;

/**
 * What a citizen, a service and a merchant ask of payment orders, as data that can be drawn at
 * random. Steps name orders and earlier steps by how long ago they were, so that they meet each
 * other.
 */
final class OrderSteps {
  static final int MERCHANTS = 2;

  private static final int MAX_STEPS = 60;
  private static final int MAX_AMOUNT = 2_000;
  private static final int MAX_FILL = 6_000;
  private static final int MAX_BACK = 6;
  private static final int MAX_PAUSES = 3;
  private static final int GENERATOR_SIZE = 1_000;

  private OrderSteps() {}

  /** Something that is asked for, or time that goes by. */
  sealed interface Step {}

  /** Money comes into the wallet. */
  record Fill(long amountMinor) implements Step {}

  /** An order for one merchant. */
  record Create(int merchant, long amountMinor, int pauses) implements Step {}

  /** An order for all merchants, one part each. */
  record Combine(List<Long> amountsMinor, int pauses) implements Step {}

  /** The payer pays an order, a part or a whole from the wallet. */
  record Pay(int back) implements Step {}

  /** The service closes an order, a part or a whole. */
  record Close(int back) implements Step {}

  /**
   * The service gives money back; of a whole, of its first part.
   *
   * @param amountMinor 0 for all that is left
   */
  record Refund(int back, long amountMinor) implements Step {}

  /**
   * Time goes by; orders live for some pauses.
   *
   * @param sweeps whether what is over is closed then
   */
  record Wait(boolean sweeps) implements Step {}

  /** An earlier request is sent once more. */
  record Again(int back) implements Step {}

  static Arbitrary<List<Step>> scripts() {
    return step().list().ofMinSize(1).ofMaxSize(MAX_STEPS);
  }

  /** The same steps for the same seed, outside of a property. */
  static List<Step> drawn(long seed) {
    var drawn = new AtomicReference<List<Step>>();
    JqwikSession.run(
        () ->
            drawn.set(
                step()
                    .list()
                    .ofSize(MAX_STEPS)
                    .generator(GENERATOR_SIZE)
                    .next(new Random(seed))
                    .value()));
    return drawn.get();
  }

  private static Arbitrary<Step> step() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.longs().between(1, MAX_FILL).map(Fill::new)),
        Tuple.of(4, create()),
        Tuple.of(2, combine()),
        Tuple.of(8, back().map(Pay::new)),
        Tuple.of(2, back().map(Close::new)),
        Tuple.of(6, Combinators.combine(back(), refundedMinor()).as(Refund::new)),
        Tuple.of(2, Arbitraries.of(true, false).map(Wait::new)),
        Tuple.of(2, back().map(Again::new)));
  }

  private static Arbitrary<Step> create() {
    return Combinators.combine(
            Arbitraries.integers().between(0, MERCHANTS - 1), amountMinor(), pauses())
        .as(Create::new);
  }

  private static Arbitrary<Step> combine() {
    return Combinators.combine(amountMinor().list().ofSize(MERCHANTS), pauses()).as(Combine::new);
  }

  private static Arbitrary<Long> amountMinor() {
    return Arbitraries.longs().between(1, MAX_AMOUNT);
  }

  private static Arbitrary<Long> refundedMinor() {
    return Arbitraries.oneOf(
        Arbitraries.just(0L), Arbitraries.longs().between(1, MAX_AMOUNT / 2), amountMinor());
  }

  private static Arbitrary<Integer> pauses() {
    return Arbitraries.integers().between(1, MAX_PAUSES);
  }

  private static Arbitrary<Integer> back() {
    return Arbitraries.integers().between(1, MAX_BACK);
  }
}
