package io.liangjiang.payments.closing;

import static io.liangjiang.payments.closing.BilledCity.await;
import static io.liangjiang.payments.closing.BilledCity.cny;
import static io.liangjiang.payments.closing.BilledCity.resolveRequest;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.insurance.CounterpartBureau;
import io.liangjiang.payments.insurance.InsuranceBureau.Entry;
import io.liangjiang.payments.mixed.CounterpartMixedOrders;
import io.liangjiang.payments.mixed.CounterpartMixedOrders.Phone;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest.Resolution;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the insurance bureau states of a day is matched with the books, row by row. */
@QuarkusTest
@WithTestResource(CityTestResource.class)
@WithTestResource(InsuredBillsTestResource.class)
class InsuredBillTest {
  private static final String HOSPITAL = "liangjiang-general-hospital";
  private static final String RECEIVABLE = "insurance/receivable";

  /** 60, 20 and 5 percent of 1,000. */
  private static final long INSURED = 850;

  @Inject BilledCity city;
  @Inject CounterpartBureau bureau;
  @Inject CounterpartMixedOrders mixedOrders;
  @Inject CounterpartChannel cashChannel;

  private BilledDay day;

  @BeforeEach
  void aDayOfItsOwn() {
    day = BilledDay.from(city, LocalDate.of(2027, 10, 1));
    cashChannel.reset();
    cashChannel.payAtOnce(false);
  }

  @AfterEach
  void booksAreZero() {
    bureau.state();
    mixedOrders.reset();
    cashChannel.reset();
    day.close();
  }

  @Test
  void agreesWithASettlementAndWithItsReversal() {
    PaymentOrder order = paid();
    String number = numberOf(order);
    takenBack(order);

    bureau.state(settled(number, 1_000), reversed(number, 1_000));

    requireMatched();
  }

  @Test
  void agreesWithWhatWasReversedBecauseTheCashFailed() {
    mixedOrders.phone(Phone.REFUSES_CASH);
    PaymentOrder order = pay(CounterpartBureau.AUTHORIZATION);
    assertThat(city.stateOf(order)).isEqualTo(State.CREATED);
    String number = numberOf(order);

    bureau.state(settled(number, INSURED), reversed(number, INSURED));

    requireMatched();
  }

  @Test
  void agreesOnADayWithoutSettlements() {
    requireMatched();
  }

  @Test
  void findsASettlementThatTheBureauDoesNotState() {
    paid();

    assertThat(only(Type.MISSING_IN_BILL).getLedgerAmount().getAmountMinor()).isEqualTo(1_000);
  }

  @Test
  void findsAReversalThatTheBureauDoesNotState() {
    PaymentOrder order = paid();
    String number = numberOf(order);
    takenBack(order);
    bureau.state(settled(number, 1_000));

    assertThat(only(Type.REFUND_MISSING_IN_BILL).getSubject()).isEqualTo(number);
  }

  @Test
  void findsAReversalThatNobodyAskedFor() {
    String number = numberOf(paid());
    bureau.state(settled(number, 1_000), reversed(number, 1_000));

    assertThat(only(Type.REFUND_STATE_DIFFERS).getSubject()).isEqualTo(number);
  }

  @Test
  void findsAnotherAmount() {
    String number = numberOf(paid());
    bureau.state(settled(number, 999));

    var differs = only(Type.AMOUNT_DIFFERS);

    long before = city.balance(RECEIVABLE);
    await(
        city.asAuditor()
            .resolveReconciliationBreak(resolveRequest(differs, Resolution.ADJUSTING_ENTRY)));
    assertThat(city.balance(RECEIVABLE) - before).isEqualTo(1);
  }

  @Test
  void findsWhatIsStatedTwice() {
    String number = numberOf(paid());
    bureau.state(settled(number, 1_000), settled(number, 1_000));

    only(Type.DUPLICATE_IN_BILL);
  }

  @Test
  void findsAStrangersSettlement() {
    bureau.state(settled("0123456789abcdef0123456789abcdef", 400));

    var stranger = only(Type.STRANGERS_ROW);

    long before = city.balance("channel/MEDICAL_INSURANCE/suspense");
    await(
        city.asAuditor()
            .resolveReconciliationBreak(resolveRequest(stranger, Resolution.ADJUSTING_ENTRY)));
    assertThat(city.balance("channel/MEDICAL_INSURANCE/suspense") - before).isEqualTo(400);
  }

  @Test
  void findsAnOrderThatDoesNotKnow() {
    PaymentOrder order = paid();
    bureau.state(settled(numberOf(order), 1_000));
    String id = order.getPaymentOrderId();
    await(city.sql("update payment_order set pay_time = null where payment_order_id = $1", id));

    only(Type.STATE_DIFFERS);
  }

  private void requireMatched() {
    city.nextMorning(day.date());
    city.importBills(day.date());
    city.requireNoBreaks(day.date());
  }

  private ReconciliationBreak only(Type type) {
    city.nextMorning(day.date());
    city.importBills(day.date());
    city.importBills(day.date());
    var only = city.onlyBreak(day.date());
    assertThat(only.getType()).isEqualTo(type);
    assertThat(only.getChannel()).isEqualTo(Channel.MEDICAL_INSURANCE);
    return only;
  }

  /** An order of which the bureau has paid all. */
  private PaymentOrder paid() {
    PaymentOrder order = pay(CounterpartBureau.PAYS_ALL);
    assertThat(city.stateOf(order)).isEqualTo(State.SUCCEEDED);
    return order;
  }

  private PaymentOrder pay(String authorization) {
    PaymentOrder order =
        await(
            TestCalls.as(city.orders, TestTokens.service("healthcare"))
                .createPaymentOrder(
                    CreatePaymentOrderRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setPayerCitizenId(city.citizenId.toString())
                        .setMerchantId(HOSPITAL)
                        .setBusinessReference(UUID.randomUUID().toString())
                        .addLines(
                            PaymentOrder.Line.newBuilder()
                                .setDescription("挂号费")
                                .setQuantity(1)
                                .setAmount(cny(1_000)))
                        .setExpireTime(
                            Timestamp.newBuilder()
                                .setSeconds(city.clock.instant().getEpochSecond() + 900))
                        .build()));
    return await(
        city.asPayer()
            .payPaymentOrder(
                PayPaymentOrderRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setPaymentOrderId(order.getPaymentOrderId())
                    .setChannel(Channel.MEDICAL_INSURANCE)
                    .setInsuranceAuthorization(authorization)
                    .build()));
  }

  private void takenBack(PaymentOrder order) {
    await(
        TestCalls.as(city.orders, TestTokens.staff("merchant", HOSPITAL))
            .refundPaymentOrder(
                RefundPaymentOrderRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setPaymentOrderId(order.getPaymentOrderId())
                    .build()));
    assertThat(city.stateOf(order)).isEqualTo(State.REFUNDED);
  }

  /** The settlement's number at the bureau. */
  private String numberOf(PaymentOrder order) {
    return await(
        city.pool
            .preparedQuery(
                "select replace(mixed_payment_id::text, '-', '') from mixed_payment"
                    + " where payment_order_id = $1")
            .execute(Tuple.of(UUID.fromString(order.getPaymentOrderId())))
            .map(rows -> rows.iterator().next().getString(0)));
  }

  private static Entry settled(String number, long minor) {
    return new Entry(number, false, minor);
  }

  private static Entry reversed(String number, long minor) {
    return new Entry(number, true, minor);
  }
}
