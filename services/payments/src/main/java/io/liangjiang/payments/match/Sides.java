package io.liangjiang.payments.match;

import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import org.jspecify.annotations.Nullable;

/**
 * What the three sides say of one payment or refund. Pure: decides whether they differ, and how it
 * is called; the first difference that explains the others counts, so that there is one.
 *
 * @param number out_trade_no or out_refund_no
 * @param billMinor what the bill says, all its rows of the number together; null when it has none
 * @param billState the channel's word; empty when the bill has no row
 * @param doubled the bill has the number more than once, or had it on an earlier day
 * @param known whether the number is one of ours
 * @param state of our payment or refund
 * @param ledgerMinor what was booked; null when nothing was
 * @param orderOpen the payment is booked, and its order, or a part of it, does not know
 */
record Sides(
    Kind kind,
    String number,
    @Nullable Long billMinor,
    String billState,
    boolean doubled,
    @Nullable State state,
    @Nullable Long orderMinor,
    @Nullable Long ledgerMinor,
    boolean orderOpen) {

  /** How our payment or refund stands. */
  enum State {
    PENDING,
    SUCCEEDED,
    ENDED_WITHOUT_MONEY,
    DISPUTED
  }

  private static final String SUCCESS = "SUCCESS";
  private static final String PROCESSING = "PROCESSING";

  /** The difference; null when there is none. */
  @Nullable Difference difference() {
    if (billMinor == null) {
      return is(
          kind == Kind.PAYMENT ? Type.MISSING_IN_BILL : Type.REFUND_MISSING_IN_BILL,
          "booked, and not in the bill");
    }
    if (state == null) {
      return is(Type.STRANGERS_ROW, "in the bill, and nobody's here");
    }
    if (doubled) {
      return is(Type.DUPLICATE_IN_BILL, "more than once in the channel's bills");
    }
    return kind == Kind.PAYMENT ? paymentDifference() : refundDifference();
  }

  private @Nullable Difference paymentDifference() {
    return switch (state) {
      case DISPUTED -> is(Type.AMOUNT_DIFFERS, "collected another amount than was asked for");
      case PENDING -> is(Type.MISSING_IN_BOOKS, "paid at the channel, not booked yet");
      case ENDED_WITHOUT_MONEY -> is(Type.STATE_DIFFERS, "paid at the channel, closed here");
      case SUCCEEDED -> bookedPaymentDifference();
      case null -> throw new IllegalStateException("a stranger has no state");
    };
  }

  private @Nullable Difference bookedPaymentDifference() {
    if (ledgerMinor == null) {
      return is(Type.MISSING_IN_BOOKS, "succeeded here, and not booked");
    }
    if (amountsDiffer()) {
      return is(Type.AMOUNT_DIFFERS, "the amounts are not the same");
    }
    return orderOpen
        ? is(Type.STATE_DIFFERS, "booked, and its order, or a part of it, is not paid")
        : null;
  }

  private @Nullable Difference refundDifference() {
    boolean wentBack = billState.equals(SUCCESS);
    boolean open = billState.equals(PROCESSING);
    if (orderMinor != null && !orderMinor.equals(billMinor)) {
      return is(Type.REFUND_AMOUNT_DIFFERS, "the amounts are not the same");
    }
    return switch (state) {
      case PENDING ->
          wentBack
              ? is(Type.REFUND_MISSING_IN_BOOKS, "gone back at the channel, not booked yet")
              : null;
      case SUCCEEDED -> {
        if (!wentBack && !open) {
          yield refused();
        }
        yield amountsDiffer()
            ? is(Type.REFUND_AMOUNT_DIFFERS, "the amounts are not the same")
            : null;
      }
      case ENDED_WITHOUT_MONEY, DISPUTED ->
          wentBack ? is(Type.REFUND_STATE_DIFFERS, "gone back at the channel, failed here") : null;
      case null -> throw new IllegalStateException("a stranger has no state");
    };
  }

  /** The channel gave nothing back, whatever the row's amount. */
  private Difference refused() {
    return new Difference(
        Type.REFUND_STATE_DIFFERS,
        kind,
        number,
        0L,
        orderMinor,
        ledgerMinor,
        "failed at the channel, gone back here");
  }

  private boolean amountsDiffer() {
    return billMinor == null || !billMinor.equals(orderMinor) || !billMinor.equals(ledgerMinor);
  }

  private Difference is(Type type, String detail) {
    return new Difference(type, kind, number, billMinor, orderMinor, ledgerMinor, detail);
  }
}
