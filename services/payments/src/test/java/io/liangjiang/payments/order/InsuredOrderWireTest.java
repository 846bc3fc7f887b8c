package io.liangjiang.payments.order;

import static io.liangjiang.payments.insurance.CounterpartBureau.AUTHORIZATION;
import static io.liangjiang.payments.insurance.CounterpartBureau.PAYS_ALL;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.close;
import static io.liangjiang.payments.order.PaymentRequests.cny;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.insurance.CounterpartBureau;
import io.liangjiang.payments.insurance.CounterpartBureau.Mood;
import io.liangjiang.payments.insurance.InsuranceBureau;
import io.liangjiang.payments.mixed.CounterpartMixedOrders;
import io.liangjiang.payments.mixed.CounterpartMixedOrders.Phone;
import io.liangjiang.payments.mixed.MixedDriver;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.MixedPayment;
import io.liangjiang.payments.v1.MixedPayment.PartState;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.LineKind;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Insurance and cash in one order: each part can fail, the patient ends whole, and every test
 * leaves the books at zero with nothing in between.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class InsuredOrderWireTest {
  private static final String HOSPITAL = "liangjiang-general-hospital";

  @Inject PaymentsCity city;
  @Inject CounterpartBureau bureau;
  @Inject CounterpartMixedOrders mixedOrders;
  @Inject MixedDriver driver;
  @Inject OrderSweep sweep;
  @Inject RefundSweep refunds;

  @BeforeEach
  void calm() {
    city.calm();
    bureau.be(Mood.SETTLE);
    mixedOrders.reset();
    city.channel.payAtOnce(false);
  }

  @AfterEach
  void booksAreZero() {
    bureau.be(Mood.SETTLE);
    mixedOrders.reset();
    city.requireZeroBooks();
    driver.requireNothingInBetween();
  }

  @Test
  void insuranceAndCashPayTogether() {
    PaymentOrder paid = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(paid.getChannel()).isEqualTo(Channel.MEDICAL_INSURANCE);
    MixedPayment mixed = paid.getMixedPayment();
    assertThat(mixed.getState()).isEqualTo(MixedPayment.State.SUCCEEDED);
    assertThat(mixed.getFundAmount().getAmountMinor()).isEqualTo(6_000);
    assertThat(mixed.getAccountAmount().getAmountMinor()).isEqualTo(2_000);
    assertThat(mixed.getOtherAmount().getAmountMinor()).isEqualTo(500);
    assertThat(mixed.getCashAmount().getAmountMinor()).isEqualTo(1_500);
    assertThat(city.eventTypesOf(paid)).containsExactly("payments.PaymentOrderSucceeded");
    assertThat(bureau.owedMinor(driver.numberOf(paid))).isEqualTo(8_500);
  }

  @Test
  void addsCashLinesAndTakesReductionsOff() {
    PaymentOrder order =
        await(
            city.asTourism()
                .createPaymentOrder(
                    request(10_000).toBuilder()
                        .addLines(line("送药", 800, LineKind.CASH_ONLY))
                        .addLines(line("减免", 300, LineKind.REDUCTION))
                        .build()));
    assertThat(order.getAmount().getAmountMinor()).isEqualTo(10_500);

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(insured(order)));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(paid.getMixedPayment().getCashAmount().getAmountMinor()).isEqualTo(2_000);
  }

  @Test
  void reductionBeyondTheCashLeavesTheOrderOpen() {
    PaymentOrder order =
        await(
            city.asTourism()
                .createPaymentOrder(
                    request(10_000).toBuilder()
                        .addLines(line("减免", 1_501, LineKind.REDUCTION))
                        .build()));

    PaymentOrder answer = await(city.asPayer().payPaymentOrder(insured(order)));

    assertThat(answer.getState()).isEqualTo(State.CREATED);
    assertThat(answer.getMixedPayment().getFailure()).isEqualTo("REDUCTION_EXCEEDS_CASH");
  }

  @Test
  void insuranceAlonePays() {
    var request = insured(visit(10_000)).toBuilder().setInsuranceAuthorization(PAYS_ALL).build();

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(request));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(paid.getMixedPayment().getSelfPaidState())
        .isEqualTo(PartState.PART_STATE_UNSPECIFIED);
    Refund back = await(asHospital().refundPaymentOrder(refund(paid, 0)));
    assertThat(back.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(back.getInsuranceAmount().getAmountMinor()).isEqualTo(10_000);
  }

  @Test
  void cashGoesBackWhenTheBureauDeclines() {
    bureau.be(Mood.DECLINE);

    PaymentOrder answer = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    await(refunds.driveRefunds());

    assertThat(answer.getState()).isEqualTo(State.CREATED);
    MixedPayment mixed = answer.getMixedPayment();
    assertThat(mixed.getState()).isEqualTo(MixedPayment.State.FAILED);
    assertThat(mixed.getFailure()).isEqualTo("INSURANCE_DECLINED");
    assertThat(mixed.getSelfPaidState()).isEqualTo(PartState.PART_GIVEN_BACK);
    assertThat(city.channel.refundedMinor(driver.cashNumberOf(answer))).isEqualTo(1_500);
    PaymentOrder again = await(city.asPayer().payPaymentOrder(withCash(answer)));
    assertThat(again.getState()).isEqualTo(State.PENDING);
  }

  @Test
  void insuranceIsTakenBackWhenTheCashFails() {
    mixedOrders.phone(Phone.REFUSES_CASH);

    PaymentOrder answer = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));

    assertThat(answer.getState()).isEqualTo(State.CREATED);
    assertThat(answer.getMixedPayment().getFailure()).isEqualTo("CASH_FAILED");
    assertThat(answer.getMixedPayment().getInsuranceState()).isEqualTo(PartState.PART_GIVEN_BACK);
    assertThat(bureau.stateOf(driver.numberOf(answer))).isEqualTo(InsuranceBureau.State.REVERSED);
  }

  @Test
  void anAnswerThatWasLostIsAskedForAgain() {
    bureau.be(Mood.LOSE_ANSWER);
    var request = insured(visit(10_000));
    assertThat(reasonOf(city.asPayer().payPaymentOrder(request))).isEqualTo("CHANNEL_UNAVAILABLE");
    bureau.be(Mood.SETTLE);
    mixedOrders.loseAnswers(true);
    assertThat(reasonOf(city.asPayer().payPaymentOrder(request))).isEqualTo("CHANNEL_UNAVAILABLE");
    mixedOrders.loseAnswers(false);

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(request));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(bureau.owedMinor(driver.numberOf(paid))).isEqualTo(8_500);
  }

  @Test
  void aLateBureauIsWaitedFor() {
    bureau.be(Mood.WAIT);
    PaymentOrder order = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    assertThat(order.getState()).isEqualTo(State.PENDING);
    assertThat(order.getMixedPayment().getSelfPaidState()).isEqualTo(PartState.PART_SUCCEEDED);

    bureau.be(Mood.SETTLE);
    driver.sweep();

    assertThat(city.read(order).getState()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void anOrderWhoseTimeIsUpKeepsNothing() {
    bureau.be(Mood.WAIT);
    PaymentOrder order = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    city.clock.advance(Duration.ofMinutes(16));

    await(sweep.expireOrders());
    await(refunds.driveRefunds());

    assertThat(city.read(order).getState()).isEqualTo(State.CLOSED);
    assertThat(bureau.stateOf(driver.numberOf(order))).isEqualTo(InsuranceBureau.State.CANCELLED);
    assertThat(city.channel.refundedMinor(driver.cashNumberOf(order))).isEqualTo(1_500);
  }

  @Test
  void anOrderIsNotClosedWhileTheBureauKeepsItsPart() {
    mixedOrders.phone(Phone.REFUSES_CASH);
    bureau.be(Mood.KEEP);
    PaymentOrder order = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    assertThat(order.getState()).isEqualTo(State.PENDING);
    assertThat(reasonOf(city.asTourism().closePaymentOrder(close(order))))
        .isEqualTo("CHANNEL_UNAVAILABLE");

    bureau.be(Mood.SETTLE);
    driver.sweep();

    assertThat(city.read(order).getState()).isEqualTo(State.CREATED);
    assertThat(await(city.asTourism().closePaymentOrder(close(order))).getState())
        .isEqualTo(State.CLOSED);
  }

  @Test
  void theCitizenMayPayOtherwiseMeanwhile() {
    mixedOrders.phone(Phone.WAITS);
    PaymentOrder order = await(city.asPayer().payPaymentOrder(insured(visit(1_000))));
    assertThat(order.getState()).isEqualTo(State.PENDING);
    assertThat(order.getPayParametersMap()).containsKey("package");
    city.channel.payAtOnce(true);
    city.fill(1_000);

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(paid.getChannel()).isEqualTo(Channel.WALLET);
    assertThat(bureau.stateOf(driver.numberOf(order))).isEqualTo(InsuranceBureau.State.CANCELLED);
  }

  @Test
  void refusesWhatTheBureauDidNotAllow() {
    var request = insured(visit(1_000)).toBuilder().setInsuranceAuthorization("forged").build();

    PaymentOrder answer = await(city.asPayer().payPaymentOrder(request));

    assertThat(answer.getState()).isEqualTo(State.CREATED);
    assertThat(answer.getMixedPayment().getFailure()).isEqualTo("INVALID_AUTHORIZATION");
  }

  @Test
  void isForHospitalsAloneAndNeedsAnAuthorization() {
    PaymentOrder park = city.create(1_000);
    assertThat(reasonOf(city.asPayer().payPaymentOrder(insured(park))))
        .isEqualTo("CHANNEL_NOT_ALLOWED");
    PaymentOrder visit = visit(1_000);
    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(visit, Channel.MEDICAL_INSURANCE))))
        .isEqualTo("INVALID_ARGUMENT");
    var stray = insured(visit).toBuilder().setChannel(Channel.WALLET).build();
    assertThat(reasonOf(city.asPayer().payPaymentOrder(stray))).isEqualTo("INVALID_ARGUMENT");
    assertThat(city.read(visit).getState()).isEqualTo(State.CREATED);
  }

  @Test
  void refundsCashInPartsAndTheInsuranceAsAWhole() {
    PaymentOrder paid = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));

    Refund cash = await(asHospital().refundPaymentOrder(refund(paid, 700)));
    assertThat(cash.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(cash.hasInsuranceAmount()).isFalse();
    assertThat(reasonOf(asHospital().refundPaymentOrder(refund(paid, 900))))
        .isEqualTo("REFUND_NOT_DIVISIBLE");
    Refund rest = await(asHospital().refundPaymentOrder(refund(paid, 0)));

    assertThat(rest.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(rest.getAmount().getAmountMinor()).isEqualTo(9_300);
    assertThat(rest.getInsuranceAmount().getAmountMinor()).isEqualTo(8_500);
    assertThat(city.channel.refundedMinor(driver.cashNumberOf(paid))).isEqualTo(1_500);
    assertThat(bureau.stateOf(driver.numberOf(paid))).isEqualTo(InsuranceBureau.State.REVERSED);
    assertThat(city.read(paid).getState()).isEqualTo(State.REFUNDED);
  }

  @Test
  void nothingGoesBackWhenTheBureauKeepsItsPart() {
    PaymentOrder paid = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    bureau.be(Mood.KEEP);

    Refund refused = await(asHospital().refundPaymentOrder(refund(paid, 0)));

    assertThat(refused.getState()).isEqualTo(Refund.State.FAILED);
    assertThat(city.read(paid).getState()).isEqualTo(State.SUCCEEDED);
    assertThat(city.channel.refundedMinor(driver.cashNumberOf(paid))).isZero();
    bureau.be(Mood.SETTLE);
    assertThat(await(asHospital().refundPaymentOrder(refund(paid, 0))).getState())
        .isEqualTo(Refund.State.SUCCEEDED);
  }

  @Test
  void cashThatCannotGoBackIsRefundedAgainLater() {
    PaymentOrder paid = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    city.channel.answerRefundsWith(RefundState.ABNORMAL);

    Refund refused = await(asHospital().refundPaymentOrder(refund(paid, 0)));

    assertThat(refused.getState()).isEqualTo(Refund.State.FAILED);
    assertThat(refused.getAmount().getAmountMinor()).isEqualTo(1_500);
    assertThat(city.read(paid).getRefundedAmount().getAmountMinor()).isEqualTo(8_500);
    city.channel.answerRefundsWith(RefundState.SUCCESS);
    Refund rest = await(asHospital().refundPaymentOrder(refund(paid, 0)));
    assertThat(rest.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(city.read(paid).getState()).isEqualTo(State.REFUNDED);
  }

  @Test
  void aRefundGoesOnWhenTheBureauIsBack() {
    PaymentOrder paid = await(city.asPayer().payPaymentOrder(insured(visit(10_000))));
    bureau.be(Mood.LOSE_ANSWER);
    var request = refund(paid, 0);
    assertThat(await(asHospital().refundPaymentOrder(request)).getState())
        .isEqualTo(Refund.State.PENDING);

    bureau.be(Mood.SETTLE);
    await(refunds.driveRefunds());

    assertThat(await(asHospital().refundPaymentOrder(request)).getState())
        .isEqualTo(Refund.State.SUCCEEDED);
  }

  private PaymentOrderService asHospital() {
    return TestCalls.as(city.orders, TestTokens.staff("merchant", HOSPITAL));
  }

  private PaymentOrder visit(long amountMinor) {
    return await(city.asTourism().createPaymentOrder(request(amountMinor)));
  }

  private CreatePaymentOrderRequest request(long amountMinor) {
    return city.request(amountMinor).toBuilder().setMerchantId(HOSPITAL).build();
  }

  private static PaymentOrder.Line line(String what, long amountMinor, LineKind kind) {
    return PaymentOrder.Line.newBuilder()
        .setDescription(what)
        .setQuantity(1)
        .setAmount(cny(amountMinor))
        .setKind(kind)
        .build();
  }

  private static PayPaymentOrderRequest insured(PaymentOrder order) {
    return pay(order, Channel.MEDICAL_INSURANCE).toBuilder()
        .setInsuranceAuthorization(AUTHORIZATION)
        .build();
  }

  private static PayPaymentOrderRequest withCash(PaymentOrder order) {
    return pay(order, Channel.SANDBOX_PAY);
  }
}
