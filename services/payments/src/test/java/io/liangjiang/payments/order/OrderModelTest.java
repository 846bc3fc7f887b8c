package io.liangjiang.payments.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.order.OrderSteps.Step;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** The model alone: no money appears or is lost, and every decision is met. */
class OrderModelTest {
  private static final int MIN_OF_EACH = 10;
  private static final List<String> DECISIONS =
      List.of(
          OrderModel.DONE,
          "INSUFFICIENT_FUNDS",
          "PART_OF_COMBINED_ORDER",
          "PAYMENT_ORDER_CLOSED",
          "PAYMENT_ORDER_NOT_PAID",
          "PAYMENT_ORDER_PAID",
          "REFUND_EXCEEDS_PAYMENT");

  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void whatIsFilledIsTheWalletsTheMerchantsAndTheCitys(@ForAll("scripts") List<Step> script) {
    var model = new OrderModel();
    long filledMinor = 0;
    for (Step step : script) {
      String decision = model.apply(step);
      Statistics.label("decisions").collect(decision);
      if (step instanceof OrderSteps.Fill(long amountMinor)) {
        filledMinor += amountMinor;
      }
      long wallet = model.walletMinor();
      long first = model.merchantMinor(0);
      long second = model.merchantMinor(1);
      assertThat(List.of(wallet, first, second, model.feesMinor())).allMatch(minor -> minor >= 0);
      assertThat(wallet + first + second + model.feesMinor()).isEqualTo(filledMinor);
    }
    Statistics.label("decisions")
        .coverage(
            coverage ->
                DECISIONS.forEach(
                    decision -> coverage.check(decision).count(n -> n >= MIN_OF_EACH)));
  }

  @Provide
  Arbitrary<List<Step>> scripts() {
    return OrderSteps.scripts();
  }
}
