package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.close;
import static io.liangjiang.payments.order.PaymentRequests.cny;
import static io.liangjiang.payments.order.PaymentRequests.get;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CloseCombinedOrderRequest;
import io.liangjiang.payments.v1.CombinedOrder;
import io.liangjiang.payments.v1.CombinedOrderService;
import io.liangjiang.payments.v1.CreateCombinedOrderRequest;
import io.liangjiang.payments.v1.GetCombinedOrderRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.PayCombinedOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One payment over several merchants, over gRPC on a real PostgreSQL; every test leaves the books
 * at zero and nothing in clearing.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class CombinedOrderWireTest {
  @GrpcClient("self")
  CombinedOrderService combined;

  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;
  @Inject OrderSweep sweep;
  @Inject ChannelPayments channelPayments;

  private Merchant park;
  private Merchant bus;

  @BeforeEach
  void calm() {
    city.calm();
    park = desk.open(fee(60));
    bus = desk.open(fee(0));
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
    assertThat(desk.balance("combined/clearing")).isZero();
  }

  @Test
  void walletPaysAllPartsAtOnceUnderConcurrentRetries() {
    city.fill(5_000);
    CombinedOrder whole = create();
    assertThat(whole.getPartsList())
        .extracting(PaymentOrder::getMerchantId)
        .containsExactly(park.getMerchantId(), bus.getMerchantId());
    var request = payment(whole, Channel.WALLET);

    var answers =
        Multi.createFrom()
            .range(0, 16)
            .onItem()
            .transformToUni(i -> asPayer().payCombinedOrder(request))
            .merge(16)
            .collect()
            .asList()
            .await()
            .atMost(Duration.ofSeconds(60));

    assertThat(answers).extracting(CombinedOrder::getState).containsOnly(State.SUCCEEDED);
    assertThat(answers.getFirst().getPartsList())
        .extracting(PaymentOrder::getState)
        .containsOnly(State.SUCCEEDED);
    assertThat(city.balance()).isEqualTo(2_000);
    assertThat(desk.balanceOf(park)).isEqualTo(1_988);
    assertThat(desk.balanceOf(bus)).isEqualTo(1_000);
    assertThat(city.eventTypesOf(whole.getParts(1)))
        .containsExactly("payments.PaymentOrderSucceeded");
  }

  @Test
  void poorWalletPaysNoPart() {
    city.fill(2_999);
    CombinedOrder whole = create();

    assertThat(reasonOf(asPayer().payCombinedOrder(payment(whole, Channel.WALLET))))
        .isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(read(whole).getState()).isEqualTo(State.CREATED);
    assertThat(desk.balanceOf(park) + desk.balanceOf(bus)).isZero();
  }

  @Test
  void onePaymentThroughTheChannelPaysAllAndEachPartIsRefundedForItself() {
    CombinedOrder whole = create();
    CombinedOrder paid = await(asPayer().payCombinedOrder(payment(whole, Channel.SANDBOX_PAY)));
    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    PaymentOrder first = paid.getParts(0);

    assertThat(reasonOf(city.asTourism().refundPaymentOrder(refund(first, 2_001))))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
    Refund part = await(city.asTourism().refundPaymentOrder(refund(first, 500)));
    Refund rest = await(city.asTourism().refundPaymentOrder(refund(first, 0)));

    assertThat(part.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(rest.getAmount().getAmountMinor()).isEqualTo(1_500);
    assertThat(read(whole).getParts(0).getState()).isEqualTo(State.REFUNDED);
    assertThat(read(whole).getParts(1).getState()).isEqualTo(State.SUCCEEDED);
    assertThat(desk.balanceOf(park)).isZero();
    assertThat(desk.balanceOf(bus)).isEqualTo(1_000);
  }

  @Test
  void pendingPartsFollowTheWholeAndAnotherChannelTakesOver() {
    city.fill(3_000);
    city.channel.payAtOnce(false);
    CombinedOrder whole = create();
    CombinedOrder pending = await(asPayer().payCombinedOrder(payment(whole, Channel.SANDBOX_PAY)));
    assertThat(pending.getState()).isEqualTo(State.PENDING);
    assertThat(pending.getPayParametersMap()).isNotEmpty();
    assertThat(pending.getPartsList())
        .extracting(PaymentOrder::getState)
        .containsOnly(State.PENDING);

    CombinedOrder paid = await(asPayer().payCombinedOrder(payment(whole, Channel.WALLET)));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(city.balance()).isZero();
  }

  @Test
  void expiresAsOneAndMoneyThatComesAfterwardsGoesBack() {
    city.channel.payAtOnce(false);
    CombinedOrder whole = create();
    CombinedOrder pending = await(asPayer().payCombinedOrder(payment(whole, Channel.SANDBOX_PAY)));
    String outTradeNo = pending.getPayParametersOrThrow("package").substring("prepay_id=".length());
    city.clock.advance(Duration.ofHours(1));
    await(sweep.expireOrders());
    assertThat(read(whole).getState()).isEqualTo(State.PENDING);
    await(sweep.expireCombinedOrders());

    assertThat(read(whole).getState()).isEqualTo(State.CLOSED);
    assertThat(read(whole).getPartsList())
        .extracting(PaymentOrder::getState)
        .containsOnly(State.CLOSED);
    assertThat(city.eventTypesOf(whole.getParts(0))).containsExactly("payments.PaymentOrderClosed");
    await(channelPayments.apply(city.channel.pay(outTradeNo)));
    assertThat(desk.balanceOf(park) + desk.balanceOf(bus)).isZero();
  }

  @Test
  void closesAsOneAndThenCannotBePaid() {
    CombinedOrder whole = create();
    var request =
        CloseCombinedOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setCombinedOrderId(whole.getCombinedOrderId())
            .build();

    CombinedOrder closed = await(asTourism().closeCombinedOrder(request));

    assertThat(closed.getPartsList()).extracting(PaymentOrder::getState).containsOnly(State.CLOSED);
    assertThat(reasonOf(asPayer().payCombinedOrder(payment(whole, Channel.SANDBOX_PAY))))
        .isEqualTo("PAYMENT_ORDER_CLOSED");
  }

  @Test
  void partIsNeitherPaidNorClosedForItself() {
    city.fill(5_000);
    PaymentOrder part = create().getParts(0);
    assertThat(await(city.asPayer().getPaymentOrder(get(part)))).isEqualTo(part);

    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(part, Channel.WALLET))))
        .isEqualTo("PART_OF_COMBINED_ORDER");
    assertThat(reasonOf(city.asTourism().closePaymentOrder(close(part))))
        .isEqualTo("PART_OF_COMBINED_ORDER");
    assertThat(reasonOf(city.asTourism().refundPaymentOrder(refund(part, 0))))
        .isEqualTo("PAYMENT_ORDER_NOT_PAID");
  }

  @Test
  void isCreatedWithAllPartsOrNone() {
    var good = request();
    var reference = UUID.randomUUID().toString();
    var bad = good.clone();
    bad.getPartsBuilder(0).setBusinessReference(reference);
    bad.getPartsBuilder(1).setMerchantId("nobody");

    assertThat(refusal(bad)).isEqualTo("MERCHANT_NOT_FOUND");
    assertThat(desk.count("payment_order", "business_reference", reference)).isZero();
    desk.suspend(bus);
    assertThat(refusal(good)).isEqualTo("MERCHANT_SUSPENDED");
    assertThat(refusal(good.clone().removeParts(1))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(good.clone().setExpireTime(city.inMinutes(180))))
        .isEqualTo("INVALID_EXPIRY");
    assertThat(refusal(good.clone().setPayerCitizenId("x"))).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void othersSeeNothing() {
    CombinedOrder whole = create();
    String stranger = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME);
    var wanted =
        GetCombinedOrderRequest.newBuilder().setCombinedOrderId(whole.getCombinedOrderId()).build();

    assertThat(reasonOf(TestCalls.as(combined, stranger).getCombinedOrder(wanted)))
        .isEqualTo("COMBINED_ORDER_NOT_FOUND");
    assertThat(
            reasonOf(
                TestCalls.as(combined, stranger).payCombinedOrder(payment(whole, Channel.WALLET))))
        .isEqualTo("COMBINED_ORDER_NOT_FOUND");
    assertThat(
            reasonOf(
                TestCalls.as(combined, TestTokens.service("healthcare")).getCombinedOrder(wanted)))
        .isEqualTo("COMBINED_ORDER_NOT_FOUND");
  }

  private String refusal(CreateCombinedOrderRequest.Builder request) {
    return reasonOf(asTourism().createCombinedOrder(request.build()));
  }

  private CombinedOrder create() {
    return await(asTourism().createCombinedOrder(request().build()));
  }

  private CreateCombinedOrderRequest.Builder request() {
    return CreateCombinedOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPayerCitizenId(city.citizenId.toString())
        .setBusinessReference(UUID.randomUUID().toString())
        .addParts(part(park, 2_000))
        .addParts(part(bus, 1_000))
        .setExpireTime(city.inMinutes(15));
  }

  private static CreateCombinedOrderRequest.Part part(Merchant merchant, long amountMinor) {
    return CreateCombinedOrderRequest.Part.newBuilder()
        .setMerchantId(merchant.getMerchantId())
        .setBusinessReference(UUID.randomUUID().toString())
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription("一日游")
                .setQuantity(1)
                .setAmount(cny(amountMinor)))
        .build();
  }

  private CombinedOrder read(CombinedOrder whole) {
    return await(
        asPayer()
            .getCombinedOrder(
                GetCombinedOrderRequest.newBuilder()
                    .setCombinedOrderId(whole.getCombinedOrderId())
                    .build()));
  }

  private CombinedOrderService asPayer() {
    return TestCalls.as(combined, city.citizen);
  }

  private CombinedOrderService asTourism() {
    return TestCalls.as(combined, city.tourism);
  }

  private static PayCombinedOrderRequest payment(CombinedOrder whole, Channel channel) {
    return PayCombinedOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setCombinedOrderId(whole.getCombinedOrderId())
        .setChannel(channel)
        .build();
  }
}
