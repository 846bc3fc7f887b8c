package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.cny;
import static io.liangjiang.payments.order.PaymentRequests.get;
import static io.liangjiang.payments.order.PaymentRequests.page;
import static io.liangjiang.payments.order.PaymentRequests.topUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.v1.ChargeService;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetMyWalletRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.WalletEntry;
import io.liangjiang.payments.v1.WalletService;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A payer, a merchant and the services around them, over the wire; the channel's counterpart and
 * the clock obey.
 */
@Dependent
class PaymentsCity {
  static final String MERCHANT = "wulong-tourism";

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

  final UUID citizenId = UUID.randomUUID();
  final String citizen = TestTokens.citizen(citizenId, AssuranceLevel.REAL_NAME);
  final String tourism = TestTokens.service("tourism");
  final String merchant = TestTokens.staff("merchant", MERCHANT);

  void calm() {
    channel.reset();
    clock.reset();
  }

  void requireZeroBooks() {
    clock.reset();
    var auditor = TestCalls.as(ledger, TestTokens.staff("auditor", ""));
    var balance = await(auditor.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance()));
    assertThat(balance.getSumMinor()).isZero();
    assertThat(balance.getBalancesMatchJournal()).isTrue();
  }

  List<String> eventTypesOf(PaymentOrder order) {
    return TestCalls.as(feed, tourism)
        .subscribe(SubscribeRequest.getDefaultInstance())
        .filter(event -> event.getSubject().equals(order.getPaymentOrderId()))
        .map(Event::getType)
        .select()
        .first(1)
        .collect()
        .asList()
        .await()
        .atMost(Duration.ofSeconds(60));
  }

  WalletService mine() {
    return TestCalls.as(wallets, citizen);
  }

  PaymentOrderService asPayer() {
    return TestCalls.as(orders, citizen);
  }

  PaymentOrderService asTourism() {
    return TestCalls.as(orders, tourism);
  }

  PaymentOrderService asMerchant() {
    return TestCalls.as(orders, merchant);
  }

  ChargeService asTransit() {
    return TestCalls.as(charges, TestTokens.service("transit"));
  }

  void fill(long amountMinor) {
    assertThat(await(mine().createTopUp(topUp(amountMinor))).getState())
        .isEqualTo(TopUp.State.SUCCEEDED);
  }

  long balance() {
    return await(mine().getMyWallet(GetMyWalletRequest.getDefaultInstance()))
        .getBalance()
        .getAmountMinor();
  }

  List<WalletEntry> entries() {
    return await(mine().listMyWalletEntries(page(0, ""))).getEntriesList();
  }

  PaymentOrder create(long amountMinor) {
    return await(asTourism().createPaymentOrder(request(amountMinor)));
  }

  PaymentOrder read(PaymentOrder order) {
    return await(asPayer().getPaymentOrder(get(order)));
  }

  CreatePaymentOrderRequest request(long amountMinor) {
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

  CreateChargeRequest charge(long amountMinor) {
    return CreateChargeRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPayerCitizenId(citizenId.toString())
        .setMerchantId("liangjiang-bus")
        .setBusinessReference(UUID.randomUUID().toString())
        .setDescription("公交 871 路")
        .setAmount(cny(amountMinor))
        .build();
  }

  Timestamp inMinutes(int minutes) {
    return Timestamp.newBuilder()
        .setSeconds(clock.instant().getEpochSecond() + minutes * 60L)
        .build();
  }
}
