package io.liangjiang.payments.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sums that the channel holds an order of insurance and cash to. */
class MixedFeesTest {
  private static final int TRIES = 1_000;
  private static final long MOST = 1_000_000_000;

  @Test
  void addsUpAsTheChannelWantsIt() {
    var random = new Random(1);
    for (int i = 0; i < TRIES; i++) {
      long fund = random.nextLong(MOST);
      long account = random.nextLong(MOST);
      long other = random.nextLong(MOST);
      long cash = random.nextLong(MOST);
      long added = random.nextLong(MOST);
      long reduced = random.nextLong(cash + added + 1);

      var fees = new MixedFees(fund, account, other, cash, added, reduced);

      assertThat(fees.wechatPayCashMinor()).isEqualTo(cash + added - reduced);
      assertThat(fees.totalMinor())
          .isEqualTo(fund + account + other + fees.wechatPayCashMinor() + reduced)
          .isEqualTo(fund + account + other + cash + added);
      assertThat(fees.paidMinor()).isEqualTo(fees.totalMinor() - reduced);
    }
  }

  @Test
  void refusesWhatIsBelowZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MixedFees(-1, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new MixedFees(1, 0, 0, 5, 0, 6));
  }
}
