package io.liangjiang.payments.deduction;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.ledger.Amounts;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortionRulesTest {
  @ParameterizedTest
  @CsvSource({
    "100, 60, 1", // 0.60
    "83, 60, 0", // 0.498
    "84, 60, 1", // 0.504
    "1000, 5, 1", // 0.5 goes up
    "999, 5, 0",
    "1, 3000, 0",
    "9007199254740991, 3000, 2702159776422297"
  })
  void feeIsRoundedHalfUp(long amountMinor, int basisPoints, long feeMinor) {
    assertThat(PortionRules.feeMinor(amountMinor, basisPoints)).isEqualTo(feeMinor);
  }

  @ParameterizedTest
  @CsvSource({"100, 60, 0", "199, 5000, 99", "10000, 1, 1", "9999, 1, 0"})
  void shareIsRoundedDown(long amountMinor, int basisPoints, long shareMinor) {
    assertThat(PortionRules.shareMinor(amountMinor, basisPoints)).isEqualTo(shareMinor);
  }

  @Property
  void largestFeeAndSharesNeverTakeMoreThanThereIs(
      @ForAll @LongRange(min = 1, max = Amounts.MAX_MINOR) long amount) {
    assertThat(PortionRules.feeMinor(amount, 3_000) + PortionRules.shareMinor(amount, 7_000))
        .isLessThanOrEqualTo(amount);
  }

  @Test
  void keptPartFallsToNothingAndNeverRises() {
    for (long gross = 1; gross <= 60; gross++) {
      for (long full = 0; full <= gross; full++) {
        long before = full;
        for (long refunded = 0; refunded <= gross; refunded++) {
          long kept = PortionRules.keptMinor(full, gross, refunded);
          assertThat(kept).isBetween(0L, before);
          before = kept;
        }
        assertThat(PortionRules.keptMinor(full, gross, 0)).isEqualTo(full);
        assertThat(before).isZero();
      }
    }
  }

  /** What goes back with each refund adds up to the whole, whatever the steps, failures too. */
  @Property
  void anySequenceOfRefundsAndFailuresGivesBackTheWholeAtTheEnd(
      @ForAll @LongRange(min = 1, max = Amounts.MAX_MINOR) long gross,
      @ForAll @LongRange(max = Amounts.MAX_MINOR) long wanted,
      @ForAll @Size(max = 20) List<@LongRange(max = Amounts.MAX_MINOR) Long> refundedInAll) {
    long full = wanted % (gross + 1);
    long kept = full;
    long back = 0;
    for (long wish : refundedInAll) {
      long now = PortionRules.keptMinor(full, gross, wish % (gross + 1));
      back += kept - now;
      kept = now;
      assertThat(back).isBetween(0L, full);
    }
    assertThat(back + kept - PortionRules.keptMinor(full, gross, gross)).isEqualTo(full);
  }
}
