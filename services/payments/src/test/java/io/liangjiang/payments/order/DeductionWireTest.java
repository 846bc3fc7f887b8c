package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.MerchantDesk.fixed;
import static io.liangjiang.payments.order.MerchantDesk.share;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetPaymentDeductionsRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.PaymentDeductions;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.SharePaymentOrderRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fees and shares beside payments and refunds, over gRPC on a real PostgreSQL; every test leaves
 * the books at zero.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class DeductionWireTest {
  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
  }

  @Test
  void feeIsTakenWithAPaymentFromTheWalletAndGoesBackWithRefunds() {
    Merchant merchant = desk.open(fee(60));
    city.fill(1_000);
    long incomeBefore = desk.feeIncome();
    PaymentOrder order = create(order(merchant, 999));

    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    assertThat(desk.balanceOf(merchant)).isEqualTo(993); // 5.994 is 6
    assertThat(desk.feeIncome()).isEqualTo(incomeBefore + 6);

    await(city.asTourism().refundPaymentOrder(refund(order, 500)));
    assertThat(deductions(merchant, order).getRefundedFee().getAmountMinor()).isEqualTo(3);
    await(city.asTourism().refundPaymentOrder(refund(order, 498)));
    assertThat(deductions(merchant, order).getRefundedFee().getAmountMinor()).isEqualTo(5);
    await(city.asTourism().refundPaymentOrder(refund(order, 0)));

    assertThat(deductions(merchant, order).getFee().getAmountMinor()).isEqualTo(6);
    assertThat(deductions(merchant, order).getRefundedFee().getAmountMinor()).isEqualTo(6);
    assertThat(desk.balanceOf(merchant)).isZero();
    assertThat(desk.feeIncome()).isEqualTo(incomeBefore);
    assertThat(city.balance()).isEqualTo(1_000);
  }

  @Test
  void feeIsTakenWithAPaymentThroughAChannelAndSurvivesARefundThatFails() {
    Merchant merchant = desk.open(fee(100));
    PaymentOrder order = create(order(merchant, 1_000));
    await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    assertThat(desk.balanceOf(merchant)).isEqualTo(990);

    city.channel.answerRefundsWith(RefundState.ABNORMAL);
    assertThat(await(city.asTourism().refundPaymentOrder(refund(order, 600))).getState())
        .isEqualTo(Refund.State.FAILED);
    assertThat(desk.balanceOf(merchant)).isEqualTo(990);
    assertThat(deductions(merchant, order).getRefundedFee().getAmountMinor()).isZero();

    city.channel.answerRefundsWith(RefundState.SUCCESS);
    assertThat(await(city.asTourism().refundPaymentOrder(refund(order, 1_000))).getState())
        .isEqualTo(Refund.State.SUCCEEDED);
    assertThat(desk.balanceOf(merchant)).isZero();
  }

  @Test
  void chargesPayTheFeeToo() {
    Merchant merchant = desk.open(fee(500));
    var charge = city.charge(180).toBuilder().setMerchantId(merchant.getMerchantId()).build();
    assertThat(await(city.asTransit().createCharge(charge)).getStateValue()).isEqualTo(2);
    assertThat(desk.balanceOf(merchant)).isZero();

    city.fill(180);
    var again = charge.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    await(city.asTransit().createCharge(again));

    assertThat(desk.balanceOf(merchant)).isEqualTo(171);
  }

  @Test
  void sharesOfTheTermsAreBookedWithThePaymentAndComeBackWithRefunds() {
    Merchant guide = desk.open(fee(0));
    Merchant merchant = desk.open(fee(60).addShares(share(guide, 1_000)));
    city.fill(1_000);
    PaymentOrder order = create(order(merchant, 1_000));

    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    assertThat(desk.balanceOf(guide)).isEqualTo(100);
    assertThat(desk.balanceOf(merchant)).isEqualTo(894);

    await(city.asTourism().refundPaymentOrder(refund(order, 335)));
    assertThat(desk.balanceOf(guide)).isEqualTo(67);
    await(city.asTourism().refundPaymentOrder(refund(order, 0)));

    assertThat(desk.balanceOf(guide)).isZero();
    assertThat(desk.balanceOf(merchant)).isZero();
    assertThat(city.balance()).isEqualTo(1_000);
  }

  @Test
  void sharesOnRequestAreBookedOnceAndOnlyOfWhatWasNotRefunded() {
    Merchant guide = desk.open(fee(0));
    Merchant bus = desk.open(fee(0));
    Merchant merchant = desk.open(fee(0));
    PaymentOrder order =
        create(
            order(merchant, 1_000).toBuilder()
                .addShares(share(guide, 1_000))
                .addShares(fixed(bus, 200))
                .setShareOnRequest(true)
                .build());
    assertThat(reasonOf(asStaffOf(merchant).sharePaymentOrder(wish(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_PAID");
    await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    await(city.asTourism().refundPaymentOrder(refund(order, 500)));
    assertThat(desk.balanceOf(guide)).isZero();

    PaymentDeductions shared = await(asStaffOf(merchant).sharePaymentOrder(wish(order)));
    assertThat(await(city.asTourism().sharePaymentOrder(wish(order)))).isEqualTo(shared);

    assertThat(desk.balanceOf(guide)).isEqualTo(50);
    assertThat(desk.balanceOf(bus)).isEqualTo(100);
    assertThat(desk.balanceOf(merchant)).isEqualTo(350);
    await(city.asTourism().refundPaymentOrder(refund(order, 0)));
    assertThat(desk.balanceOf(guide) + desk.balanceOf(bus) + desk.balanceOf(merchant)).isZero();
  }

  @Test
  void sharesBeyondTheLimitAndToStrangersAreRefused() {
    Merchant guide = desk.open(fee(0));
    Merchant merchant = desk.open(fee(0));
    var good = order(merchant, 1_000);

    assertThat(refusal(good.toBuilder().addShares(fixed(guide, 301)).build()))
        .isEqualTo("SHARES_EXCEED_LIMIT");
    assertThat(refusal(good.toBuilder().addShares(fixed(guide, Long.MAX_VALUE)).build()))
        .isEqualTo("SHARES_EXCEED_LIMIT");
    assertThat(refusal(good.toBuilder().addShares(fixed(merchant, 1)).build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(good.toBuilder().addShares(fixed(guide, 0)).build()))
        .isEqualTo("INVALID_ARGUMENT");
    var nobody = fixed(guide, 1).toBuilder().setReceiverMerchantId("nobody");
    assertThat(refusal(good.toBuilder().addShares(nobody).build())).isEqualTo("MERCHANT_NOT_FOUND");
  }

  @Test
  void deductionsAreOnlyForTheMerchantAndTheCreator() {
    Merchant merchant = desk.open(fee(60));
    Merchant other = desk.open(fee(60));
    PaymentOrder order = create(order(merchant, 1_000));

    assertThat(reasonOf(asStaffOf(other).getPaymentDeductions(get(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(asStaffOf(other).sharePaymentOrder(wish(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(city.asPayer().getPaymentDeductions(get(order))))
        .isEqualTo("PERMISSION_DENIED");
  }

  private String refusal(CreatePaymentOrderRequest request) {
    return reasonOf(city.asTourism().createPaymentOrder(request));
  }

  private PaymentOrder create(CreatePaymentOrderRequest request) {
    return await(city.asTourism().createPaymentOrder(request));
  }

  private CreatePaymentOrderRequest order(Merchant merchant, long amountMinor) {
    return city.request(amountMinor).toBuilder().setMerchantId(merchant.getMerchantId()).build();
  }

  private PaymentOrderService asStaffOf(Merchant merchant) {
    return TestCalls.as(city.orders, TestTokens.staff("merchant", merchant.getMerchantId()));
  }

  private PaymentDeductions deductions(Merchant merchant, PaymentOrder order) {
    return await(asStaffOf(merchant).getPaymentDeductions(get(order)));
  }

  private static GetPaymentDeductionsRequest get(PaymentOrder order) {
    return GetPaymentDeductionsRequest.newBuilder()
        .setPaymentOrderId(order.getPaymentOrderId())
        .build();
  }

  private static SharePaymentOrderRequest wish(PaymentOrder order) {
    return SharePaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPaymentOrderId(order.getPaymentOrderId())
        .build();
  }
}
