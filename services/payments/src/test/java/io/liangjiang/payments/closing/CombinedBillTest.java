package io.liangjiang.payments.closing;

import static io.liangjiang.payments.closing.BilledCity.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.CombinedOrder;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One row of the bill, one transfer, several orders: all of them have to know. */
@QuarkusTest
@WithTestResource(CityTestResource.class)
@WithTestResource(ReconciliationTestResource.class)
class CombinedBillTest {
  @Inject BilledCity city;

  private BilledDay day;

  @BeforeEach
  void aDayOfItsOwn() {
    day = BilledDay.from(city, LocalDate.of(2027, 8, 1));
  }

  @AfterEach
  void booksAreZero() {
    day.close();
  }

  @Test
  void agreesWithEachPartAndItsRefund() {
    CombinedOrder whole = city.beginCombined(700, 200);
    String number = confirmed();

    city.refund(whole.getParts(0).getPaymentOrderId(), 300);

    day.settled(
        day.bill()
            .payment(number, 900)
            .refund(number, day.channel().latestRefund(), "SUCCESS", 300));
  }

  @Test
  void findsAPartThatDoesNotKnow() {
    CombinedOrder whole = city.beginCombined(700, 200);
    String number = confirmed();
    String part = whole.getParts(1).getPaymentOrderId();
    await(city.sql("update payment_order set pay_time = null where payment_order_id = $1", part));

    var only = day.broken(day.bill().payment(number, 900), Type.STATE_DIFFERS);

    assertThat(only.getSubject()).isEqualTo(number);
    await(city.sql("update payment_order set pay_time = now() where payment_order_id = $1", part));
    heals(only);
  }

  @Test
  void findsAPartThatHasAnotherAmountThanItsTransfer() {
    CombinedOrder whole = city.beginCombined(700, 200);
    String number = confirmed();
    String part = whole.getParts(1).getPaymentOrderId();
    await(
        city.sql("update payment_order set amount_minor = 201 where payment_order_id = $1", part));

    var only = day.broken(day.bill().payment(number, 900), Type.STATE_DIFFERS);

    await(
        city.sql("update payment_order set amount_minor = 200 where payment_order_id = $1", part));
    heals(only);
  }

  @Test
  void findsAWholeThatDoesNotKnow() {
    CombinedOrder whole = city.beginCombined(700, 200);
    String number = confirmed();
    String id = whole.getCombinedOrderId();
    String unpaid =
        "update combined_order set state = 2, pay_time = null where combined_order_id = $1";
    await(city.sql(unpaid, id));

    var only = day.broken(day.bill().payment(number, 900), Type.STATE_DIFFERS);

    String paid =
        "update combined_order set state = 3, pay_time = now() where combined_order_id = $1";
    await(city.sql(paid, id));
    heals(only);
  }

  /** The channel has the money, and payments hears of it. */
  private String confirmed() {
    String number = day.channel().latestNumber();
    day.channel().says(number, "SUCCESS", 900);
    city.check(number);
    return number;
  }

  private void heals(ReconciliationBreak open) {
    city.importBills(day.date());
    var only = city.onlyBreak(day.date());
    assertThat(only.getBreakId()).isEqualTo(open.getBreakId());
    assertThat(only.getState()).isEqualTo(State.HEALED);
  }
}
