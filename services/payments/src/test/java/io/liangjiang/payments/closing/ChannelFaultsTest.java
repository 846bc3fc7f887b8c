package io.liangjiang.payments.closing;

import static io.liangjiang.payments.closing.BilledCity.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.BillFixture;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a channel can do wrong with payments, refunds and call-backs, through the real channel code
 * and a real PostgreSQL: each ends in the right state, or in exactly one break.
 */
@QuarkusTest
@WithTestResource(CityTestResource.class)
@WithTestResource(ReconciliationTestResource.class)
class ChannelFaultsTest {
  @Inject BilledCity city;

  private BilledDay billed;
  private Counterpart channel;
  private LocalDate day;
  private BillFixture bill;

  @BeforeEach
  void aDayOfItsOwn() {
    billed = BilledDay.from(city, LocalDate.of(2027, 3, 1));
    channel = billed.channel();
    day = billed.date();
    bill = billed.bill();
  }

  @AfterEach
  void booksAreZero() {
    billed.close();
  }

  @Test
  void lostCallback() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);

    city.check(number);

    assertThat(city.stateOf(order)).isEqualTo(State.SUCCEEDED);
    billed.settled(bill.payment(number, 900));
  }

  @Test
  void doubledCallback() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    String body = channel.paid(number, 900);

    assertThat(Counterpart.send(body, headers(body))).isEqualTo(204);
    assertThat(Counterpart.send(body, headers(body))).isEqualTo(204);
    String again = channel.paid(number, 900);
    assertThat(Counterpart.send(again, headers(again))).isEqualTo(204);

    city.awaitState(order, State.SUCCEEDED);
    billed.settled(bill.payment(number, 900));
  }

  @Test
  void lateCallback() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    String body = channel.paid(number, 900);
    long tooEarly = city.clock.instant().getEpochSecond() - 301;

    assertThat(Counterpart.send(body, channel.merchant().headers(body, tooEarly))).isEqualTo(401);
    assertThat(city.stateOf(order)).isEqualTo(State.PENDING);
    city.check(number);

    assertThat(city.stateOf(order)).isEqualTo(State.SUCCEEDED);
    billed.settled(bill.payment(number, 900));
  }

  @Test
  void forgedCallback() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "NOTPAY", 900);
    String body = channel.paid(number, 900);

    assertThat(Counterpart.send(body + " ", headers(body))).isEqualTo(401);

    assertThat(city.stateOf(order)).isEqualTo(State.PENDING);
    billed.settled(bill);
  }

  @Test
  void callbackUnderAWrongSerial() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    String body = channel.paid(number, 900);
    Map<String, String> headers = new HashMap<>(headers(body));
    headers.put("Wechatpay-Serial", "PUB_KEY_ID_0119000009992025010100000000");

    assertThat(Counterpart.send(body, headers)).isEqualTo(401);
    assertThat(city.stateOf(order)).isEqualTo(State.PENDING);
    city.check(number);

    assertThat(city.stateOf(order)).isEqualTo(State.SUCCEEDED);
    billed.settled(bill.payment(number, 900));
  }

  @Test
  void reorderedCallbacks() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    channel.giveBackAs("PROCESSING");
    city.refund(order.getPaymentOrderId(), 400);
    String refund = channel.latestRefund();
    channel.saysOfRefund(number, refund, "SUCCESS", 400);

    String second = channel.givenBack(number, refund);
    assertThat(Counterpart.send(second, headers(second))).isEqualTo(204);
    String first = channel.paid(number, 900);
    assertThat(Counterpart.send(first, headers(first))).isEqualTo(204);

    city.awaitBooked("channel/WECHAT_PAY/refunds", 0);
    assertThat(city.stateOf(order)).isEqualTo(State.PARTIALLY_REFUNDED);
    billed.settled(bill.payment(number, 900).refund(number, refund, "PROCESSING", 400));
  }

  @Test
  void callbackThatLiesAboutTheAmount() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    String body = channel.paid(number, 90_000);

    assertThat(Counterpart.send(body, headers(body))).isEqualTo(204);

    city.awaitState(order, State.SUCCEEDED);
    billed.settled(bill.payment(number, 900));
  }

  @Test
  void wrongAmountCollected() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 901);

    city.check(number);

    assertThat(city.stateOf(order)).isEqualTo(State.PENDING);
    var only = billed.broken(bill.payment(number, 901), Type.AMOUNT_DIFFERS);
    assertThat(only.getBillAmount().getAmountMinor()).isEqualTo(901);
    assertThat(only.getOrderAmount().getAmountMinor()).isEqualTo(900);
    assertThat(only.hasLedgerAmount()).isFalse();
  }

  @Test
  void refundWhoseAnswerWasLostIsMadeOnce() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    var request = city.refundRequest(order.getPaymentOrderId(), 900);
    channel.host().cut(1);

    Refund first = await(city.asMerchant().refundPaymentOrder(request));
    Refund again = await(city.asMerchant().refundPaymentOrder(request));

    assertThat(first.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(again.getRefundId()).isEqualTo(first.getRefundId());
    assertThat(channel.refundNumbers(number)).isOne();
    billed.settled(
        bill.payment(number, 900).refund(number, channel.latestRefund(), "SUCCESS", 900));
  }

  @Test
  void refundAskedForTwiceIsMadeOnce() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    city.refund(order.getPaymentOrderId(), 900);
    String refund = channel.latestRefund();

    var again = city.refundRequest(order.getPaymentOrderId(), 900);

    assertThat(BilledCity.reasonOf(city.asMerchant().refundPaymentOrder(again)))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
    assertThat(channel.refundNumbers(number)).isOne();
    billed.settled(bill.payment(number, 900).refund(number, refund, "SUCCESS", 900));
  }

  @Test
  void paymentThatTheChannelHasAndDoesNotTellOf() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.isAwayFor(number);

    var only = billed.broken(bill.payment(number, 900), Type.MISSING_IN_BOOKS);
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    city.importBills(day);

    assertThat(city.stateOf(order)).isEqualTo(State.SUCCEEDED);
    assertThat(city.onlyBreak(day).getBreakId()).isEqualTo(only.getBreakId());
    assertThat(city.onlyBreak(day).getState()).isEqualTo(ReconciliationBreak.State.HEALED);
  }

  @Test
  void refundThatFailedHereAndWentBackThere() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    channel.giveBackAs("ABNORMAL");
    assertThat(city.refund(order.getPaymentOrderId(), 900).getState())
        .isEqualTo(Refund.State.FAILED);

    billed.broken(
        bill.payment(number, 900).refund(number, channel.latestRefund(), "SUCCESS", 900),
        Type.REFUND_STATE_DIFFERS);
  }

  @Test
  void paymentClosedHereAndPaidThere() {
    city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "CLOSED", 900);
    city.check(number);

    billed.broken(bill.payment(number, 900), Type.STATE_DIFFERS);
  }

  private Map<String, String> headers(String body) {
    return channel.merchant().headers(body, city.clock.instant().getEpochSecond());
  }
}
