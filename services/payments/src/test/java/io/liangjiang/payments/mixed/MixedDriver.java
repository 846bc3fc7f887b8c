package io.liangjiang.payments.mixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.MutableClock;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Lets tests of orders look into payments by insurance and cash, and move them on. */
@Dependent
public class MixedDriver {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(11);

  @Inject MixedSweep sweep;
  @Inject MixedPayments payments;
  @Inject Database database;
  @Inject MutableClock clock;

  /** Every attempt is due again. */
  public void sweep() {
    clock.advance(LONGEST_DELAY);
    sweep.sweep().await().atMost(LIMIT);
  }

  /** The number of an order's last attempt at the bureau and at the channel. */
  public String numberOf(PaymentOrder order) {
    return latest(order).number();
  }

  /** The out_trade_no of its cash part. */
  public String cashNumberOf(PaymentOrder order) {
    return latest(order).cashPaymentId().toString().replace("-", "");
  }

  /** No money lies between parts and order when none is under way. */
  public void requireNothingInBetween() {
    var rows =
        database
            .client()
            .query(
                "select count(*) from account where code = 'mixed/clearing' and debits_minor <>"
                    + " credits_minor and not exists (select from mixed_payment where state = 1)")
            .execute()
            .await()
            .atMost(LIMIT);
    assertThat(rows.iterator().next().getLong(0)).isZero();
  }

  private MixedPayment latest(PaymentOrder order) {
    return payments
        .latestOf(database.client(), UUID.fromString(order.getPaymentOrderId()))
        .await()
        .atMost(LIMIT)
        .getFirst();
  }
}
