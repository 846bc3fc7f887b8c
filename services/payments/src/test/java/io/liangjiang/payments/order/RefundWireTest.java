package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Refunds to wallets and through channels, over gRPC on a real PostgreSQL; every test leaves the
 * books at zero.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class RefundWireTest {
  @Inject PaymentsCity city;
  @Inject RefundSweep sweep;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
  }

  @Test
  void refundsToWalletUpToThePaymentAndNoFurther() {
    city.fill(1_000);
    PaymentOrder order = city.create(1_000);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    Refund part = await(city.asMerchant().refundPaymentOrder(refund(order, 400)));
    assertThat(part.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(city.read(order).getState()).isEqualTo(PaymentOrder.State.PARTIALLY_REFUNDED);
    assertThat(reasonOf(city.asMerchant().refundPaymentOrder(refund(order, 601))))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
    Refund rest = await(city.asMerchant().refundPaymentOrder(refund(order, 0)));

    assertThat(rest.getAmount().getAmountMinor()).isEqualTo(600);
    assertThat(city.read(order).getState()).isEqualTo(PaymentOrder.State.REFUNDED);
    assertThat(city.balance()).isEqualTo(1_000);
    assertThat(reasonOf(city.asMerchant().refundPaymentOrder(refund(order, 0))))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
  }

  @Test
  void repeatedRefundRequestRefundsOnce() {
    city.fill(1_000);
    PaymentOrder order = city.create(1_000);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    var request = refund(order, 300);

    Refund first = await(city.asMerchant().refundPaymentOrder(request));

    assertThat(await(city.asMerchant().refundPaymentOrder(request))).isEqualTo(first);
    assertThat(city.balance()).isEqualTo(300);
  }

  @Test
  void refundThroughTheChannelIsRetriedUnderTheSameNumber() {
    PaymentOrder order = city.create(900);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    city.channel.beAway(true);
    var request = refund(order, 900);
    assertThat(await(city.asMerchant().refundPaymentOrder(request)).getState())
        .isEqualTo(Refund.State.PENDING);

    city.channel.beAway(false);
    await(sweep.driveRefunds());

    assertThat(await(city.asMerchant().refundPaymentOrder(request)).getState())
        .isEqualTo(Refund.State.SUCCEEDED);
    assertThat(city.read(order).getState()).isEqualTo(PaymentOrder.State.REFUNDED);
  }

  @Test
  void refundThatTheChannelRefusesGivesTheMerchantItsMoneyBack() {
    PaymentOrder order = city.create(900);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    city.channel.answerRefundsWith(RefundState.ABNORMAL);

    assertThat(await(city.asMerchant().refundPaymentOrder(refund(order, 900))).getState())
        .isEqualTo(Refund.State.FAILED);
    assertThat(city.read(order).getState()).isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(city.read(order).getRefundedAmount().getAmountMinor()).isZero();
  }
}
