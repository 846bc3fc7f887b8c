package io.liangjiang.payments.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Timestamp;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.ChargeService;
import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.CreateTopUpRequest;
import io.liangjiang.payments.v1.GetMyWalletRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.GetTopUpRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.ListMyWalletEntriesRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.WalletEntry;
import io.liangjiang.payments.v1.WalletService;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wallets, orders, refunds and charges over gRPC on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class PaymentsWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MERCHANT = "wulong-tourism";

  @GrpcClient("self")
  PaymentOrderService orders;

  @GrpcClient("self")
  WalletService wallets;

  @GrpcClient("self")
  ChargeService charges;

  @GrpcClient("self")
  LedgerService ledger;

  @GrpcClient("self")
  EventFeedService feed;

  @Inject CounterpartChannel channel;
  @Inject MutableClock clock;
  @Inject OrderSweep sweep;
  @Inject ChannelNews news;

  private final UUID citizenId = UUID.randomUUID();
  private final String citizen = TestTokens.citizen(citizenId, AssuranceLevel.REAL_NAME);
  private final String tourism = TestTokens.service("tourism");
  private final String merchant = TestTokens.staff("merchant", MERCHANT);

  @BeforeEach
  void calm() {
    channel.reset();
    clock.reset();
  }

  @AfterEach
  void booksAreZero() {
    clock.reset();
    var auditor = TestCalls.as(ledger, TestTokens.staff("auditor", ""));
    var balance = await(auditor.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance()));
    assertThat(balance.getSumMinor()).isZero();
    assertThat(balance.getBalancesMatchJournal()).isTrue();
  }

  @Test
  void topUpFillsTheWalletOnce() {
    var request = topUp(5_000);

    TopUp first = await(mine().createTopUp(request));
    TopUp again = await(mine().createTopUp(request));

    assertThat(first.getState()).isEqualTo(TopUp.State.SUCCEEDED);
    assertThat(again).isEqualTo(first);
    assertThat(balance()).isEqualTo(5_000);
  }

  @Test
  void topUpIsPendingUntilTheChannelSaysPaid() {
    channel.payAtOnce(false);
    TopUp pending = await(mine().createTopUp(topUp(700)));
    assertThat(pending.getState()).isEqualTo(TopUp.State.PENDING);
    assertThat(pending.getPayParametersMap()).containsKey("package");
    assertThat(balance()).isZero();

    var said = channel.pay(pending.getTopUpId().replace("-", ""));
    await(news.onTransaction(said));
    await(news.onTransaction(said));

    assertThat(balance()).isEqualTo(700);
    assertThat(await(mine().getTopUp(topUpId(pending))).getState())
        .isEqualTo(TopUp.State.SUCCEEDED);
  }

  @Test
  void topUpOfAnotherAmountThanAskedIsNotBooked() {
    channel.payAtOnce(false);
    TopUp pending = await(mine().createTopUp(topUp(700)));

    await(news.onTransaction(channel.payOtherAmount(pending.getTopUpId().replace("-", ""))));

    assertThat(balance()).isZero();
  }

  @Test
  void topUpSurvivesAChannelThatIsAway() {
    channel.beAway(true);
    var request = topUp(300);
    assertThat(reasonOf(mine().createTopUp(request))).isEqualTo("CHANNEL_UNAVAILABLE");

    channel.beAway(false);
    assertThat(await(mine().createTopUp(request)).getState()).isEqualTo(TopUp.State.SUCCEEDED);
    assertThat(balance()).isEqualTo(300);
  }

  @Test
  void walletPaysAnOrderOnceUnderConcurrentRetries() {
    fill(10_000);
    PaymentOrder order = create(4_000);
    var pay = pay(order, Channel.WALLET);

    var answers =
        Multi.createFrom()
            .range(0, 32)
            .onItem()
            .transformToUni(i -> asPayer().payPaymentOrder(pay))
            .merge(32)
            .collect()
            .asList()
            .await()
            .atMost(LIMIT);

    assertThat(answers)
        .extracting(PaymentOrder::getState)
        .containsOnly(PaymentOrder.State.SUCCEEDED);
    assertThat(balance()).isEqualTo(6_000);
    assertThat(entries())
        .extracting(e -> e.getAmount().getAmountMinor())
        .containsExactly(-4_000L, 10_000L);
  }

  @Test
  void payingWithAnotherKeyAfterwardsChargesNothing() {
    fill(10_000);
    PaymentOrder order = create(4_000);
    await(asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(await(asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY))).getState())
        .isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(balance()).isEqualTo(6_000);
  }

  @Test
  void emptyWalletIsRefusedAndTheOrderStaysOpen() {
    PaymentOrder order = create(1);

    assertThat(reasonOf(asPayer().payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(read(order).getState()).isEqualTo(PaymentOrder.State.CREATED);
  }

  @Test
  void channelPaysAnOrder() {
    PaymentOrder order = create(2_500);

    PaymentOrder paid = await(asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));

    assertThat(paid.getState()).isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(paid.hasPayTime()).isTrue();
    assertThat(eventTypesOf(order)).containsExactly("payments.PaymentOrderSucceeded");
  }

  @Test
  void changingTheChannelClosesTheFirstAttempt() {
    fill(2_500);
    channel.payAtOnce(false);
    PaymentOrder order = create(2_500);
    PaymentOrder pending = await(asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    assertThat(pending.getState()).isEqualTo(PaymentOrder.State.PENDING);

    PaymentOrder paid = await(asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(paid.getState()).isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(paid.getChannel()).isEqualTo(Channel.WALLET);
    assertThat(balance()).isZero();
  }

  @Test
  void closedOrderCannotBePaid() {
    fill(100);
    PaymentOrder order = create(100);

    PaymentOrder closed = await(asTourism().closePaymentOrder(close(order)));

    assertThat(closed.getState()).isEqualTo(PaymentOrder.State.CLOSED);
    assertThat(reasonOf(asPayer().payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("PAYMENT_ORDER_CLOSED");
    assertThat(eventTypesOf(order)).containsExactly("payments.PaymentOrderClosed");
  }

  @Test
  void paidOrderCannotBeClosed() {
    fill(100);
    PaymentOrder order = create(100);
    await(asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(reasonOf(asTourism().closePaymentOrder(close(order))))
        .isEqualTo("PAYMENT_ORDER_PAID");
  }

  @Test
  void orderWhoseTimeIsUpIsClosedBySweep() {
    fill(100);
    PaymentOrder order = create(100);
    clock.advance(Duration.ofHours(1));
    assertThat(reasonOf(asPayer().payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("PAYMENT_ORDER_CLOSED");

    await(sweep.expireOrders());

    assertThat(read(order).getState()).isEqualTo(PaymentOrder.State.CLOSED);
  }

  @Test
  void refundsToWalletUpToThePaymentAndNoFurther() {
    fill(1_000);
    PaymentOrder order = create(1_000);
    await(asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    Refund part = await(asMerchant().refundPaymentOrder(refund(order, 400)));
    assertThat(part.getState()).isEqualTo(Refund.State.SUCCEEDED);
    assertThat(read(order).getState()).isEqualTo(PaymentOrder.State.PARTIALLY_REFUNDED);
    assertThat(reasonOf(asMerchant().refundPaymentOrder(refund(order, 601))))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
    Refund rest = await(asMerchant().refundPaymentOrder(refund(order, 0)));

    assertThat(rest.getAmount().getAmountMinor()).isEqualTo(600);
    assertThat(read(order).getState()).isEqualTo(PaymentOrder.State.REFUNDED);
    assertThat(balance()).isEqualTo(1_000);
    assertThat(reasonOf(asMerchant().refundPaymentOrder(refund(order, 0))))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
  }

  @Test
  void repeatedRefundRequestRefundsOnce() {
    fill(1_000);
    PaymentOrder order = create(1_000);
    await(asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    var request = refund(order, 300);

    Refund first = await(asMerchant().refundPaymentOrder(request));

    assertThat(await(asMerchant().refundPaymentOrder(request))).isEqualTo(first);
    assertThat(balance()).isEqualTo(300);
  }

  @Test
  void refundThroughTheChannelIsRetriedUnderTheSameNumber() {
    PaymentOrder order = create(900);
    await(asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    channel.beAway(true);
    var request = refund(order, 900);
    assertThat(await(asMerchant().refundPaymentOrder(request)).getState())
        .isEqualTo(Refund.State.PENDING);

    channel.beAway(false);
    await(sweep.driveRefunds());

    assertThat(await(asMerchant().refundPaymentOrder(request)).getState())
        .isEqualTo(Refund.State.SUCCEEDED);
    assertThat(read(order).getState()).isEqualTo(PaymentOrder.State.REFUNDED);
  }

  @Test
  void refundThatTheChannelRefusesGivesTheMerchantItsMoneyBack() {
    PaymentOrder order = create(900);
    await(asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
    channel.answerRefundsWith(RefundState.ABNORMAL);

    assertThat(await(asMerchant().refundPaymentOrder(refund(order, 900))).getState())
        .isEqualTo(Refund.State.FAILED);
    assertThat(read(order).getState()).isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(read(order).getRefundedAmount().getAmountMinor()).isZero();
  }

  @Test
  void chargeTakesMoneyOrSaysThatThereIsNone() {
    fill(300);
    var request = charge(200);

    Charge first = await(asTransit().createCharge(request));
    Charge again = await(asTransit().createCharge(request));
    Charge poor = await(asTransit().createCharge(charge(200)));

    assertThat(first.getState()).isEqualTo(Charge.State.SUCCESS);
    assertThat(again).isEqualTo(first);
    assertThat(poor.getState()).isEqualTo(Charge.State.PAY_FAIL);
    assertThat(balance()).isEqualTo(100);
  }

  @Test
  void othersSeeAndTouchNothing() {
    PaymentOrder order = create(100);
    String stranger = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME);
    String otherMerchant = TestTokens.staff("merchant", "nanchuan-tourism");
    String otherService = TestTokens.service("healthcare");

    assertThat(reasonOf(TestCalls.as(orders, stranger).getPaymentOrder(get(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(TestCalls.as(orders, stranger).payPaymentOrder(pay(order, Channel.WALLET))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(TestCalls.as(orders, otherMerchant).refundPaymentOrder(refund(order, 0))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(TestCalls.as(orders, otherService).closePaymentOrder(close(order))))
        .isEqualTo("PAYMENT_ORDER_NOT_FOUND");
    assertThat(reasonOf(asPayer().createPaymentOrder(request(100)))).isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(TestCalls.as(charges, citizen).createCharge(charge(1))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(asPayer().refundPaymentOrder(refund(order, 0))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(
            reasonOf(
                TestCalls.as(wallets, tourism)
                    .getMyWallet(GetMyWalletRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void wrongInputIsNamed() {
    var good = request(100);
    Function<CreatePaymentOrderRequest, String> reason =
        r -> reasonOf(asTourism().createPaymentOrder(r));

    assertThat(reason.apply(good.toBuilder().setMerchantId("nobody").build()))
        .isEqualTo("MERCHANT_NOT_FOUND");
    assertThat(reason.apply(good.toBuilder().clearLines().build())).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason.apply(good.toBuilder().setExpireTime(inMinutes(180)).build()))
        .isEqualTo("INVALID_EXPIRY");
    assertThat(reason.apply(good.toBuilder().setPayerCitizenId("x").build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason.apply(request(0))).isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(mine().createTopUp(topUp(0)))).isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(mine().createTopUp(topUp(5_000_001)))).isEqualTo("INVALID_AMOUNT");
    assertThat(
            reasonOf(mine().createTopUp(topUp(5).toBuilder().setChannel(Channel.WALLET).build())))
        .isEqualTo("CHANNEL_NOT_ALLOWED");
    assertThat(reasonOf(asPayer().payPaymentOrder(pay(create(1), Channel.CHANNEL_UNSPECIFIED))))
        .isEqualTo("CHANNEL_NOT_ALLOWED");
    assertThat(reasonOf(asMerchant().refundPaymentOrder(refund(create(1), 0))))
        .isEqualTo("PAYMENT_ORDER_NOT_PAID");
  }

  @Test
  void statementComesInPages() {
    IntStream.rangeClosed(1, 5).forEach(i -> fill(i));

    var first = await(mine().listMyWalletEntries(page(2, "")));
    var second = await(mine().listMyWalletEntries(page(2, first.getNextPageToken())));
    var third = await(mine().listMyWalletEntries(page(2, second.getNextPageToken())));

    assertThat(amounts(first.getEntriesList())).containsExactly(5L, 4L);
    assertThat(amounts(second.getEntriesList())).containsExactly(3L, 2L);
    assertThat(amounts(third.getEntriesList())).containsExactly(1L);
    assertThat(third.getNextPageToken()).isEmpty();
    assertThat(reasonOf(mine().listMyWalletEntries(page(2, "?")))).isEqualTo("INVALID_PAGE_TOKEN");
  }

  private List<String> eventTypesOf(PaymentOrder order) {
    return TestCalls.as(feed, tourism)
        .subscribe(SubscribeRequest.getDefaultInstance())
        .filter(event -> event.getSubject().equals(order.getPaymentOrderId()))
        .map(Event::getType)
        .select()
        .first(1)
        .collect()
        .asList()
        .await()
        .atMost(LIMIT);
  }

  private WalletService mine() {
    return TestCalls.as(wallets, citizen);
  }

  private PaymentOrderService asPayer() {
    return TestCalls.as(orders, citizen);
  }

  private PaymentOrderService asTourism() {
    return TestCalls.as(orders, tourism);
  }

  private PaymentOrderService asMerchant() {
    return TestCalls.as(orders, merchant);
  }

  private ChargeService asTransit() {
    return TestCalls.as(charges, TestTokens.service("transit"));
  }

  private void fill(long amountMinor) {
    assertThat(await(mine().createTopUp(topUp(amountMinor))).getState())
        .isEqualTo(TopUp.State.SUCCEEDED);
  }

  private long balance() {
    return await(mine().getMyWallet(GetMyWalletRequest.getDefaultInstance()))
        .getBalance()
        .getAmountMinor();
  }

  private List<WalletEntry> entries() {
    return await(mine().listMyWalletEntries(page(0, ""))).getEntriesList();
  }

  private static List<Long> amounts(List<WalletEntry> entries) {
    return entries.stream().map(e -> e.getAmount().getAmountMinor()).toList();
  }

  private PaymentOrder create(long amountMinor) {
    return await(asTourism().createPaymentOrder(request(amountMinor)));
  }

  private PaymentOrder read(PaymentOrder order) {
    return await(asPayer().getPaymentOrder(get(order)));
  }

  private CreatePaymentOrderRequest request(long amountMinor) {
    return CreatePaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPayerCitizenId(citizenId.toString())
        .setMerchantId(MERCHANT)
        .setBusinessReference(UUID.randomUUID().toString())
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription("天生三桥 门票")
                .setQuantity(1)
                .setAmount(cny(amountMinor)))
        .setExpireTime(inMinutes(15))
        .build();
  }

  private static ListMyWalletEntriesRequest page(int size, String token) {
    return ListMyWalletEntriesRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }

  private static CreateTopUpRequest topUp(long amountMinor) {
    return CreateTopUpRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setAmount(cny(amountMinor))
        .setChannel(Channel.SANDBOX_PAY)
        .build();
  }

  private static GetTopUpRequest topUpId(TopUp topUp) {
    return GetTopUpRequest.newBuilder().setTopUpId(topUp.getTopUpId()).build();
  }

  private CreateChargeRequest charge(long amountMinor) {
    return CreateChargeRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPayerCitizenId(citizenId.toString())
        .setMerchantId("liangjiang-bus")
        .setBusinessReference(UUID.randomUUID().toString())
        .setDescription("公交 871 路")
        .setAmount(cny(amountMinor))
        .build();
  }

  private static PayPaymentOrderRequest pay(PaymentOrder order, Channel channel) {
    return PayPaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPaymentOrderId(order.getPaymentOrderId())
        .setChannel(channel)
        .build();
  }

  private static ClosePaymentOrderRequest close(PaymentOrder order) {
    return ClosePaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPaymentOrderId(order.getPaymentOrderId())
        .build();
  }

  private static RefundPaymentOrderRequest refund(PaymentOrder order, long amountMinor) {
    var request =
        RefundPaymentOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPaymentOrderId(order.getPaymentOrderId())
            .setReason("plans changed");
    return amountMinor == 0 ? request.build() : request.setAmount(cny(amountMinor)).build();
  }

  private static GetPaymentOrderRequest get(PaymentOrder order) {
    return GetPaymentOrderRequest.newBuilder().setPaymentOrderId(order.getPaymentOrderId()).build();
  }

  private Timestamp inMinutes(int minutes) {
    return Timestamp.newBuilder()
        .setSeconds(clock.instant().getEpochSecond() + minutes * 60L)
        .build();
  }

  private static Money cny(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode("CNY").build();
  }

  private static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }

  private static String reasonOf(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }
}
