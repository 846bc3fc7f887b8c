package io.liangjiang.payments.order;

import io.liangjiang.payments.order.OrderSteps.Again;
import io.liangjiang.payments.order.OrderSteps.Close;
import io.liangjiang.payments.order.OrderSteps.Combine;
import io.liangjiang.payments.order.OrderSteps.Create;
import io.liangjiang.payments.order.OrderSteps.Fill;
import io.liangjiang.payments.order.OrderSteps.Pay;
import io.liangjiang.payments.order.OrderSteps.Refund;
import io.liangjiang.payments.order.OrderSteps.Step;
import io.liangjiang.payments.order.OrderSteps.Wait;
import io.liangjiang.payments.v1.PaymentOrder.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Payment orders as they should be, in memory and with nothing at the same time. The first merchant
 * pays the city a fee; the second gives the first a share.
 */
final class OrderModel {
  static final String DONE = "";
  static final int FEE_BASIS_POINTS = 60;
  static final int SHARE_BASIS_POINTS = 1_000;

  private static final int WHOLE = 10_000;

  /** An order, a part or a whole; a whole has no merchant. */
  static final class Kept {
    private final @Nullable Kept whole;
    private final List<Kept> parts = new ArrayList<>();
    private final int merchant;
    private final long amountMinor;
    private final int dueAt;
    private State state = State.CREATED;
    private long refundedMinor;

    private Kept(@Nullable Kept whole, int merchant, long amountMinor, int dueAt) {
      this.whole = whole;
      this.merchant = merchant;
      this.amountMinor = amountMinor;
      this.dueAt = dueAt;
    }

    State state() {
      return state;
    }

    long refundedMinor() {
      return refundedMinor;
    }

    private boolean isOpen() {
      return state == State.CREATED;
    }

    private boolean isPaid() {
      return state != State.CREATED && state != State.CLOSED;
    }

    private List<Kept> payable() {
      return parts.isEmpty() ? List.of(this) : parts;
    }

    private void become(State next) {
      state = next;
      parts.forEach(part -> part.state = next);
    }
  }

  private final List<Kept> orders = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private int now;
  private long filledMinor;

  /** A request, and whether it was done: then it is answered and does nothing more. */
  private static final class Asked {
    private final Supplier<String> request;
    private boolean done;

    private Asked(Supplier<String> request) {
      this.request = request;
    }

    private String send() {
      if (done) {
        return DONE;
      }
      String reason = request.get();
      done = reason.equals(DONE);
      return reason;
    }
  }

  /** Does a step; the reason of its refusal, or {@link #DONE}. */
  String apply(Step step) {
    return switch (step) {
      case Wait(boolean sweeps) -> pass(sweeps);
      case Fill(long amountMinor) -> fill(amountMinor);
      case Again(int back) -> asked.isEmpty() ? DONE : before(asked, back).send();
      case Create create -> ask(() -> create(create));
      case Combine combine -> ask(() -> combine(combine));
      case Pay(int back) -> about(back, this::pay);
      case Close(int back) -> about(back, this::close);
      case Refund(int back, long amountMinor) -> about(back, order -> refund(order, amountMinor));
    };
  }

  /** Closes what is over. */
  void expire() {
    orders.stream()
        .filter(order -> order.whole == null && order.isOpen() && isOver(order))
        .forEach(order -> order.become(State.CLOSED));
  }

  /** All orders, parts before their whole, in the order in which they were made. */
  List<Kept> orders() {
    return orders;
  }

  long walletMinor() {
    return filledMinor - sum(order -> paidMinor(order) - order.refundedMinor);
  }

  /** What all merchants were paid and the city's fees came to, as the ledger should have it. */
  long merchantMinor(int merchant) {
    long net =
        sum(
            order ->
                order.merchant == merchant
                    ? paidMinor(order) - order.refundedMinor - feeMinor(order) - shareMinor(order)
                    : 0);
    return merchant == 0 ? net + sum(OrderModel::shareMinor) : net;
  }

  long feesMinor() {
    return sum(OrderModel::feeMinor);
  }

  static <T> T before(List<T> all, int back) {
    return all.get(all.size() - 1 - (back - 1) % all.size());
  }

  private String ask(Supplier<String> request) {
    var next = new Asked(request);
    asked.add(next);
    return next.send();
  }

  private String about(int back, Function<Kept, String> request) {
    if (orders.isEmpty()) {
      return DONE;
    }
    Kept order = before(orders, back);
    return ask(() -> request.apply(order));
  }

  private String pass(boolean sweeps) {
    now++;
    if (sweeps) {
      expire();
    }
    return DONE;
  }

  private boolean isOver(Kept order) {
    return now >= order.dueAt;
  }

  private String fill(long amountMinor) {
    filledMinor += amountMinor;
    return DONE;
  }

  private String create(Create wanted) {
    orders.add(new Kept(null, wanted.merchant(), wanted.amountMinor(), now + wanted.pauses()));
    return DONE;
  }

  private String combine(Combine wanted) {
    long sum = wanted.amountsMinor().stream().mapToLong(Long::longValue).sum();
    var whole = new Kept(null, -1, sum, now + wanted.pauses());
    for (int i = 0; i < wanted.amountsMinor().size(); i++) {
      whole.parts.add(new Kept(whole, i, wanted.amountsMinor().get(i), whole.dueAt));
    }
    orders.addAll(whole.parts);
    orders.add(whole);
    return DONE;
  }

  private String pay(Kept order) {
    if (order.whole != null) {
      return "PART_OF_COMBINED_ORDER";
    }
    if (order.isPaid()) {
      return DONE;
    }
    if (!order.isOpen() || isOver(order)) {
      return "PAYMENT_ORDER_CLOSED";
    }
    if (order.amountMinor > walletMinor()) {
      return "INSUFFICIENT_FUNDS";
    }
    order.become(State.SUCCEEDED);
    return DONE;
  }

  private String close(Kept order) {
    if (order.whole != null) {
      return "PART_OF_COMBINED_ORDER";
    }
    if (order.isPaid()) {
      return "PAYMENT_ORDER_PAID";
    }
    order.become(State.CLOSED);
    return DONE;
  }

  private String refund(Kept wanted, long wantedMinor) {
    Kept order = wanted.payable().getFirst();
    if (!order.isPaid()) {
      return "PAYMENT_ORDER_NOT_PAID";
    }
    long leftMinor = order.amountMinor - order.refundedMinor;
    long amountMinor = wantedMinor == 0 ? leftMinor : wantedMinor;
    if (leftMinor == 0 || amountMinor > leftMinor) {
      return "REFUND_EXCEEDS_PAYMENT";
    }
    order.refundedMinor += amountMinor;
    order.state = amountMinor == leftMinor ? State.REFUNDED : State.PARTIALLY_REFUNDED;
    return DONE;
  }

  private long sum(ToLongFunction<Kept> of) {
    return orders.stream().filter(order -> order.parts.isEmpty()).mapToLong(of).sum();
  }

  private static long paidMinor(Kept order) {
    return order.isPaid() ? order.amountMinor : 0;
  }

  /** Half a fen counts as one; what goes back of it is rounded down. */
  private static long feeMinor(Kept order) {
    long full = (paidMinor(order) * FEE_BASIS_POINTS * 2 + WHOLE) / (2 * WHOLE);
    return order.merchant == 0 ? kept(order, full) : 0;
  }

  private static long shareMinor(Kept order) {
    return order.merchant == 1 ? kept(order, paidMinor(order) * SHARE_BASIS_POINTS / WHOLE) : 0;
  }

  private static long kept(Kept order, long full) {
    return full - full * order.refundedMinor / order.amountMinor;
  }
}
