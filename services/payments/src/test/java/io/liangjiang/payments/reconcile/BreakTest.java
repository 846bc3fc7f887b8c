package io.liangjiang.payments.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.match.Difference;
import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.ReconciliationBreak.Owner;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BreakTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // type, kind, bill, ledger, what the channel's account needs
        "STRANGERS_ROW, PAYMENT, 100, -, 100",
        "STRANGERS_ROW, REFUND, 100, -, -100",
        "MISSING_IN_BILL, PAYMENT, -, 100, -100",
        "REFUND_MISSING_IN_BILL, REFUND, -, 100, 100",
        "AMOUNT_DIFFERS, PAYMENT, 101, 100, 1",
        "AMOUNT_DIFFERS, PAYMENT, 101, -, 101",
        "REFUND_AMOUNT_DIFFERS, REFUND, 99, 100, 1",
        "DUPLICATE_IN_BILL, PAYMENT, 200, 100, 100",
        "STATE_DIFFERS, PAYMENT, 100, -, 100",
        "STATE_DIFFERS, PAYMENT, 100, 100, 0",
        "REFUND_STATE_DIFFERS, REFUND, 0, 100, 100",
        "REFUND_STATE_DIFFERS, REFUND, 100, -, -100",
        "MISSING_IN_BOOKS, PAYMENT, 100, -, 0",
        "REFUND_MISSING_IN_BOOKS, REFUND, 100, -, 0",
        "BILL_LATE, BILL, -, -, 0",
        "FUND_FLOW_DIFFERS, BILL, 100, -, 0",
      })
  void knowsWhatTheChannelsAccountNeeds(
      Type type, Kind kind, Long bill, Long ledger, long expected) {
    assertThat(of(type, kind, bill, ledger, 0).adjustmentMinor()).isEqualTo(expected);
  }

  @Test
  void countsWhatWasAdjustedBefore() {
    assertThat(of(Type.AMOUNT_DIFFERS, Kind.PAYMENT, 102L, 100L, 1).adjustmentMinor()).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"TYPE_UNSPECIFIED", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyTypeHasAnOwner(Type type) {
    assertThat(of(type, Kind.PAYMENT, 1L, 1L, 0).owner()).isNotEqualTo(Owner.OWNER_UNSPECIFIED);
  }

  private static Break of(Type type, Kind kind, Long bill, Long ledger, long adjusted) {
    return new Break(
        UUID.randomUUID(),
        Channel.WECHAT_PAY,
        LocalDate.of(2027, 3, 1),
        new Difference(type, kind, "T1", bill, 100L, ledger, "-"),
        State.OPEN,
        Instant.EPOCH,
        null,
        "",
        "",
        null,
        adjusted);
  }
}
