package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.close;
import static io.liangjiang.payments.order.PaymentRequests.get;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static io.liangjiang.payments.order.PaymentRequests.topUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetMyWalletRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Payment orders and who may do what with them, over gRPC on a real PostgreSQL; every test leaves
 * the books at zero.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class OrderWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject PaymentsCity city;
  @Inject OrderSweep sweep;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
  }

  @Test
  void walletPaysAnOrderOnceUnderConcurrentRetries() {
    city.fill(10_000);
    PaymentOrder order = city.create(4_000);
    var pay = pay(order, Channel.WALLET);

    var answers =
        Multi.createFrom()
            .range(0, 32)
            .onItem()
            .transformToUni(i -> city.asPayer().payPaymentOrder(pay))
            .merge(32)
            .collect()
            .asList()
            .await()
            .atMost(LIMIT);

    assertThat(answers)
        .extracting(PaymentOrder::getState)
        .containsOnly(PaymentOrder.State.SUCCEEDED);
    assertThat(city.balance()).isEqualTo(6_000);
    assertThat(city.entries())
        .extracting(e -> e.getAmount().getAmountMinor())
        .containsExactly(-4_000L, 10_000L);
  }

  @Test
  void payingWithAnotherKeyAfterwardsChargesNothing() {
    city.fill(10_000);
    PaymentOrder order = city.create(4_000);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY))).getState())
        .isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(city.balance()).isEqualTo(6_000);
  }

  @Test
  void emptyWalletIsRefusedAndTheOrderStaysOpen() {
    PaymentOrder order = city.create(1);

    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(city.read(order).getState()).isEqualTo(PaymentOrder.State.CREATED);
  }

  @Test
  void channelPaysAnOrder() {
    PaymentOrder order = city.create(2_500);

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));

    assertThat(paid.getState()).isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(paid.hasPayTime()).isTrue();
    assertThat(city.eventTypesOf(order)).containsExactly("payments.PaymentOrderSucceeded");
  }

  @Test
  void changingTheChannelClosesTheFirstAttempt() {
    city.fill(2_500);
    city.channel.payAtOnce(false);
    PaymentOrder order = city.create(2_500);
    PaymentOrder pending = await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    assertThat(pending.getState()).isEqualTo(PaymentOrder.State.PENDING);

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(paid.getState()).isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(paid.getChannel()).isEqualTo(Channel.WALLET);
    assertThat(city.balance()).isZero();
  }

  @Test
  void closedOrderCannotBePaid() {
    city.fill(100);
    PaymentOrder order = city.create(100);

    PaymentOrder closed = await(city.asTourism().closePaymentOrder(close(order)));

    assertThat(closed.getState()).isEqualTo(PaymentOrder.State.CLOSED);
    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("PAYMENT_ORDER_CLOSED");
    assertThat(city.eventTypesOf(order)).containsExactly("payments.PaymentOrderClosed");
  }

  @Test
  void paidOrderCannotBeClosed() {
    city.fill(100);
    PaymentOrder order = city.create(100);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(reasonOf(city.asTourism().closePaymentOrder(close(order))))
        .isEqualTo("PAYMENT_ORDER_PAID");
  }

  @Test
  void orderWhoseTimeIsUpIsClosedBySweep() {
    city.fill(100);
    PaymentOrder order = city.create(100);
    city.clock.advance(Duration.ofHours(1));
    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("PAYMENT_ORDER_CLOSED");

    await(sweep.expireOrders());

    assertThat(city.read(order).getState()).isEqualTo(PaymentOrder.State.CLOSED);
  }

  @Test
  void othersSeeAndTouchNothing() {
    PaymentOrder order = city.create(100);
    String stranger = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME);
    String otherMerchant = TestTokens.staff("merchant", "nanchuan-tourism");
    String otherService = TestTokens.service("healthcare");

    assertThat(reasonOf(TestCalls.as(city.orders, stranger).getPaymentOrder(get(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(
            reasonOf(
                TestCalls.as(city.orders, stranger).payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(
            reasonOf(TestCalls.as(city.orders, otherMerchant).refundPaymentOrder(refund(order, 0))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(TestCalls.as(city.orders, otherService).closePaymentOrder(close(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(city.asPayer().createPaymentOrder(city.request(100))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(TestCalls.as(city.charges, city.citizen).createCharge(city.charge(1))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(city.asPayer().refundPaymentOrder(refund(order, 0))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(
            reasonOf(
                TestCalls.as(city.wallets, city.tourism)
                    .getMyWallet(GetMyWalletRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void wrongInputIsNamed() {
    var good = city.request(100);
    Function<CreatePaymentOrderRequest, String> reason =
        r -> reasonOf(city.asTourism().createPaymentOrder(r));

    assertThat(reason.apply(good.toBuilder().setMerchantId("nobody").build()))
        .isEqualTo("MERCHANT_NOT_FOUND");
    assertThat(reason.apply(good.toBuilder().clearLines().build())).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason.apply(good.toBuilder().setExpireTime(city.inMinutes(180)).build()))
        .isEqualTo("INVALID_EXPIRY");
    assertThat(reason.apply(good.toBuilder().setPayerCitizenId("x").build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason.apply(city.request(0))).isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(city.mine().createTopUp(topUp(0)))).isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(city.mine().createTopUp(topUp(5_000_001)))).isEqualTo("INVALID_AMOUNT");
    assertThat(
            reasonOf(
                city.mine().createTopUp(topUp(5).toBuilder().setChannel(Channel.WALLET).build())))
        .isEqualTo("CHANNEL_NOT_ALLOWED");
    assertThat(
            reasonOf(
                city.asPayer().payPaymentOrder(pay(city.create(1), Channel.CHANNEL_UNSPECIFIED))))
        .isEqualTo("CHANNEL_NOT_ALLOWED");
    assertThat(reasonOf(city.asMerchant().refundPaymentOrder(refund(city.create(1), 0))))
        .isEqualTo("PAYMENT_ORDER_NOT_PAID");
  }
}
