package io.liangjiang.payments.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.match.Sides.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidesTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // bill, doubled, state, order, ledger, order open, expected
        "100, false, SUCCEEDED, 100, 100, false, -",
        "100, false, SUCCEEDED, 100, 100, true, STATE_DIFFERS",
        "101, false, SUCCEEDED, 100, 100, false, AMOUNT_DIFFERS",
        "100, false, SUCCEEDED, 100, 101, false, AMOUNT_DIFFERS",
        "100, false, SUCCEEDED, 101, 100, false, AMOUNT_DIFFERS",
        "100, false, SUCCEEDED, 100, -, false, MISSING_IN_BOOKS",
        "100, false, PENDING, 100, -, false, MISSING_IN_BOOKS",
        "100, false, ENDED_WITHOUT_MONEY, 100, -, false, STATE_DIFFERS",
        "101, false, DISPUTED, 100, -, false, AMOUNT_DIFFERS",
        "200, true, SUCCEEDED, 100, 100, false, DUPLICATE_IN_BILL",
        "100, false, -, -, -, false, STRANGERS_ROW",
        "200, true, -, -, -, false, STRANGERS_ROW",
        "-, false, SUCCEEDED, 100, 100, false, MISSING_IN_BILL",
      })
  @SuppressWarnings("checkstyle:ParameterNumber") // one a column
  void callsADifferenceOfAPaymentByItsName(
      Long bill,
      boolean doubled,
      State state,
      Long order,
      Long ledger,
      boolean orderOpen,
      Type expected) {
    var sides =
        new Sides(Kind.PAYMENT, "T1", bill, "SUCCESS", doubled, state, order, ledger, orderOpen);

    assertThat(typeOf(sides)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // bill, its state, own state, order, ledger, expected
        "100, SUCCESS, SUCCEEDED, 100, 100, -",
        "100, PROCESSING, SUCCEEDED, 100, 100, -",
        "100, PROCESSING, PENDING, 100, -, -",
        "100, PROCESSING, ENDED_WITHOUT_MONEY, 100, -, -",
        "100, FAIL, ENDED_WITHOUT_MONEY, 100, -, -",
        "100, FAIL, PENDING, 100, -, -",
        "100, SUCCESS, PENDING, 100, -, REFUND_MISSING_IN_BOOKS",
        "100, SUCCESS, ENDED_WITHOUT_MONEY, 100, -, REFUND_STATE_DIFFERS",
        "100, FAIL, SUCCEEDED, 100, 100, REFUND_STATE_DIFFERS",
        "99, SUCCESS, SUCCEEDED, 100, 100, REFUND_AMOUNT_DIFFERS",
        "99, PROCESSING, PENDING, 100, -, REFUND_AMOUNT_DIFFERS",
        "100, SUCCESS, SUCCEEDED, 100, 99, REFUND_AMOUNT_DIFFERS",
        "100, SUCCESS, SUCCEEDED, 100, -, REFUND_AMOUNT_DIFFERS",
        "100, SUCCESS, -, -, -, STRANGERS_ROW",
        "-, '', SUCCEEDED, 100, 100, REFUND_MISSING_IN_BILL",
      })
  void callsADifferenceOfARefundByItsName(
      Long bill, String billState, State state, Long order, Long ledger, Type expected) {
    var sides = new Sides(Kind.REFUND, "R1", bill, billState, false, state, order, ledger, false);

    assertThat(typeOf(sides)).isEqualTo(expected);
  }

  @Test
  void aRefundThatFailedAtTheChannelGaveNothingBack() {
    var sides =
        new Sides(Kind.REFUND, "R1", 100L, "FAIL", false, State.SUCCEEDED, 100L, 100L, false);

    assertThat(sides.difference().billMinor()).isZero();
  }

  private static Type typeOf(Sides sides) {
    Difference difference = sides.difference();
    return difference == null ? null : difference.type();
  }
}
