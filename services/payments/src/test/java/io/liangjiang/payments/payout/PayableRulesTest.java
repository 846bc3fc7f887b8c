package io.liangjiang.payments.payout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayableRulesTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 0, 1000, 1000",
    "1000, 400, 600, 600",
    "1000, 0, 700, 700", // a refund after the day
    "1000, 1000, 500, 0", // paid, and new money is not settled yet
    "-300, 0, 0, 0",
    "700, 1000, 0, 0" // the net fell below what was paid out: it carries over
  })
  void paysWhatIsSettledAndThere(long settled, long paid, long balance, long payable) {
    assertThat(PayableRules.payableMinor(settled, paid, balance)).isEqualTo(payable);
  }

  @Test
  void paysNoMoreThanABankTakesAtOnce() {
    long much = PayableRules.MAX_MINOR + 5;

    assertThat(PayableRules.payableMinor(much, 0, much)).isEqualTo(PayableRules.MAX_MINOR);
    assertThat(PayableRules.payableMinor(much, PayableRules.MAX_MINOR, 5)).isEqualTo(5);
  }

  /** Over any days of payments and refunds, what is paid out never exceeds what came in. */
  @Test
  void neverPaysOutMoreThanCameIn() {
    Random random = new Random(20260501);
    for (int round = 0; round < 5_000; round++) {
      long settled = 0;
      long paid = 0;
      long balance = 0;
      for (int day = 0; day < 30; day++) {
        long in = random.nextLong(1_000);
        long back = Math.min(balance + in, random.nextLong(1_500));
        settled += in - back;
        balance += in - back;
        long unsettledRefund = Math.min(balance, random.nextLong(200));
        balance -= unsettledRefund;
        long payout = PayableRules.payableMinor(settled, paid, balance);
        paid += payout;
        balance -= payout;
        settled -= unsettledRefund; // the next day has it
        assertThat(balance).isNotNegative();
        assertThat(settled - paid).isEqualTo(balance);
      }
    }
  }
}
