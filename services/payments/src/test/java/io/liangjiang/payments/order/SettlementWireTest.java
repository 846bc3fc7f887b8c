package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.MerchantDesk.share;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.payout.CounterpartBank;
import io.liangjiang.payments.payout.CounterpartBank.Mood;
import io.liangjiang.payments.payout.PayoutDriver;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.GetPayoutRequest;
import io.liangjiang.payments.v1.GetSettlementRequest;
import io.liangjiang.payments.v1.ListPayoutsRequest;
import io.liangjiang.payments.v1.ListSettlementsRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.Payout;
import io.liangjiang.payments.v1.PayoutService;
import io.liangjiang.payments.v1.RunPayoutsRequest;
import io.liangjiang.payments.v1.RunSettlementsRequest;
import io.liangjiang.payments.v1.Settlement;
import io.liangjiang.payments.v1.SettlementService;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settlements and payouts, over gRPC on a real PostgreSQL; every test leaves the books at zero. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class SettlementWireTest {
  private static final Duration DAY = Duration.ofDays(1);

  @GrpcClient("self")
  SettlementService settlements;

  @GrpcClient("self")
  PayoutService payouts;

  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;
  @Inject CounterpartBank bank;
  @Inject PayoutDriver driver;

  @BeforeEach
  void calm() {
    city.calm();
    bank.be(Mood.PAY);
  }

  @AfterEach
  void booksAreZero() {
    bank.be(Mood.PAY);
    city.requireZeroBooks();
  }

  @Test
  void settlesADayOnceAndAsTheLedgerHasIt() {
    Merchant guide = desk.open(fee(0));
    Merchant merchant = desk.open(fee(60).addShares(share(guide, 1_000)));
    PaymentOrder first = sell(merchant, 1_000);
    sell(merchant, 2_000);
    await(city.asTourism().refundPaymentOrder(refund(first, 500)));
    assertThat(settle(merchant)).isEmpty(); // today is not over

    city.clock.advance(DAY);
    Settlement settlement = settle(merchant).getFirst();

    assertThat(settlement.getPayments().getAmountMinor()).isEqualTo(3_000);
    assertThat(settlement.getRefunds().getAmountMinor()).isEqualTo(500);
    assertThat(settlement.getFees().getAmountMinor()).isEqualTo(15);
    assertThat(settlement.getShares().getAmountMinor()).isEqualTo(250);
    assertThat(settlement.getNet().getAmountMinor()).isEqualTo(2_235);
    assertThat(settlement.getClosingBalance().getAmountMinor()).isEqualTo(desk.balanceOf(merchant));
    assertThat(settle(merchant)).isEmpty();
    assertThat(settle(guide).getFirst().getShares().getAmountMinor()).isEqualTo(-250);
    assertThat(list(merchant)).containsExactly(settlement);
  }

  @Test
  void waitsForTheDelayOfTheTerms() {
    Merchant merchant = desk.open(fee(0).setSettlementDelayDays(3));
    sell(merchant, 1_000);
    city.clock.advance(DAY.multipliedBy(2));
    assertThat(settle(merchant)).isEmpty();

    city.clock.advance(DAY);

    assertThat(settle(merchant)).hasSize(1);
  }

  @Test
  void concurrentRunsMakeOneSettlement() {
    Merchant merchant = desk.open(fee(60));
    sell(merchant, 1_000);
    city.clock.advance(DAY);

    var made =
        Multi.createFrom()
            .range(0, 8)
            .onItem()
            .transformToUni(i -> asAdmin().runSettlements(wanted(merchant)))
            .merge(8)
            .collect()
            .asList()
            .await()
            .atMost(Duration.ofSeconds(60));

    assertThat(made).allMatch(run -> run.getFailedMerchantIdsCount() == 0);
    assertThat(made.stream().flatMap(run -> run.getSettlementsList().stream())).hasSize(1);
  }

  @Test
  void paysOutWhatIsSettledAndNothingTwice() {
    Merchant merchant = desk.open(fee(60));
    sell(merchant, 1_000);
    city.clock.advance(DAY);
    Settlement settlement = settle(merchant).getFirst();
    sell(merchant, 300); // of today
    long bankBefore = desk.balance("bank/settlement");

    Payout payout = payOut(merchant).getFirst();

    assertThat(payout.getState()).isEqualTo(Payout.State.SUCCEEDED);
    assertThat(payout.getAmount().getAmountMinor()).isEqualTo(994);
    assertThat(payout.getSettlementId()).isEqualTo(settlement.getSettlementId());
    assertThat(payout.getDestination().getAccountNumber()).isEqualTo("***************3445");
    assertThat(payOut(merchant)).isEmpty();
    assertThat(desk.balanceOf(merchant)).isEqualTo(298);
    assertThat(desk.balance("bank/settlement")).isEqualTo(bankBefore + 994);
    assertThat(desk.balance("payouts/transit")).isZero();
    city.clock.advance(DAY);
    assertThat(settle(merchant).getFirst().getPaidOut().getAmountMinor()).isEqualTo(994);
    assertThat(payOut(merchant).getFirst().getAmount().getAmountMinor()).isEqualTo(298);
  }

  @Test
  void refundsAfterTheDayAreCarriedOver() {
    Merchant merchant = desk.open(fee(0));
    PaymentOrder order = sell(merchant, 1_000);
    city.clock.advance(DAY);
    settle(merchant);
    await(city.asTourism().refundPaymentOrder(refund(order, 400)));

    assertThat(payOut(merchant).getFirst().getAmount().getAmountMinor()).isEqualTo(600);
    city.clock.advance(DAY);
    assertThat(settle(merchant).getFirst().getNet().getAmountMinor()).isEqualTo(-400);
    assertThat(payOut(merchant)).isEmpty();
    sell(merchant, 50);
    city.clock.advance(DAY);
    settle(merchant);

    assertThat(payOut(merchant).getFirst().getAmount().getAmountMinor()).isEqualTo(50);
  }

  @Test
  void refusedPayoutComesBackAndIsPaidUnderAnotherNumber() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    city.clock.advance(DAY);
    settle(merchant);
    bank.be(Mood.REFUSE);

    Payout refused = payOut(merchant).getFirst();
    assertThat(refused.getState()).isEqualTo(Payout.State.FAILED);
    assertThat(refused.getRefusal()).isEqualTo("ACCOUNT_CLOSED");
    assertThat(desk.balanceOf(merchant)).isEqualTo(1_000);
    bank.be(Mood.PAY);
    Payout paid = payOut(merchant).getFirst();

    assertThat(paid.getState()).isEqualTo(Payout.State.SUCCEEDED);
    assertThat(paid.getPayoutId()).isNotEqualTo(refused.getPayoutId());
    assertThat(desk.balanceOf(merchant)).isZero();
    city.clock.advance(DAY);
    assertThat(settle(merchant).getFirst().getPaidOut().getAmountMinor()).isEqualTo(1_000);
  }

  @Test
  void payoutWhoseAnswerWasLostIsAskedAgainUnderItsNumber() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    city.clock.advance(DAY);
    settle(merchant);
    bank.be(Mood.LOSE_ANSWER);
    Payout payout = payOut(merchant).getFirst();
    assertThat(payout.getState()).isEqualTo(Payout.State.PROCESSING);
    assertThat(payOut(merchant)).isEmpty(); // one is under way

    bank.be(Mood.PAY);
    city.clock.advance(Duration.ofHours(1));
    await(driver.sweep());

    assertThat(read(payout).getState()).isEqualTo(Payout.State.SUCCEEDED);
    assertThat(read(payout).getBankReference()).isEqualTo(CounterpartBank.REFERENCE);
    assertThat(desk.balance("payouts/transit")).isZero();
  }

  @Test
  void suspendedMerchantIsSettledAndNotPaidOut() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    city.clock.advance(DAY);
    desk.suspend(merchant);

    assertThat(settle(merchant)).hasSize(1);
    assertThat(payOut(merchant)).isEmpty();
  }

  @Test
  void staffSeeTheirOwnAndNoOther() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    city.clock.advance(DAY);
    Settlement settlement = settle(merchant).getFirst();
    Payout payout = payOut(merchant).getFirst();
    String own = TestTokens.staff("merchant", merchant.getMerchantId());
    String other = TestTokens.staff("merchant", PaymentsCity.MERCHANT);
    var wantedSettlement =
        GetSettlementRequest.newBuilder().setSettlementId(settlement.getSettlementId()).build();
    var wantedPayout = GetPayoutRequest.newBuilder().setPayoutId(payout.getPayoutId()).build();

    assertThat(await(TestCalls.as(settlements, own).getSettlement(wantedSettlement)))
        .isEqualTo(settlement);
    assertThat(await(TestCalls.as(payouts, own).getPayout(wantedPayout))).isEqualTo(payout);
    assertThat(reasonOf(TestCalls.as(settlements, other).getSettlement(wantedSettlement)))
        .isEqualTo("SETTLEMENT_NOT_FOUND");
    assertThat(reasonOf(TestCalls.as(payouts, other).getPayout(wantedPayout)))
        .isEqualTo("PAYOUT_NOT_FOUND");
    var ofMerchant =
        ListPayoutsRequest.newBuilder().setMerchantId(merchant.getMerchantId()).build();
    assertThat(await(TestCalls.as(payouts, other).listPayouts(ofMerchant)).getPayoutsList())
        .isEmpty();
    assertThat(await(TestCalls.as(payouts, own).listPayouts(ofMerchant)).getPayoutsList())
        .containsExactly(payout);
    assertThat(reasonOf(TestCalls.as(settlements, own).runSettlements(wanted(merchant))))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void wrongInputIsNamed() {
    var good = RunSettlementsRequest.newBuilder().setRequestId(UUID.randomUUID().toString());

    assertThat(reasonOf(asAdmin().runSettlements(good.clone().setDate("1.5.2026").build())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOf(asAdmin().runSettlements(good.clone().setDate("9999-01-01").build())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOf(asAdmin().runSettlements(good.clone().setMerchantId("nobody").build())))
        .isEqualTo("MERCHANT_NOT_FOUND");
    assertThat(reasonOf(asAdmin().runSettlements(good.clone().clearRequestId().build())))
        .isEqualTo("INVALID_REQUEST_ID");
    bank.be(Mood.NOT_THERE);
    var run = RunPayoutsRequest.newBuilder().setRequestId(UUID.randomUUID().toString()).build();
    assertThat(reasonOf(TestCalls.as(payouts, admin()).runPayouts(run)))
        .isEqualTo("PAYOUTS_NOT_SET_UP");
  }

  private PaymentOrder sell(Merchant merchant, long amountMinor) {
    var wanted =
        city.request(amountMinor).toBuilder().setMerchantId(merchant.getMerchantId()).build();
    PaymentOrder order = await(city.asTourism().createPaymentOrder(wanted));
    return await(city.asPayer().payPaymentOrder(pay(order, Channel.SANDBOX_PAY)));
  }

  private List<Settlement> settle(Merchant merchant) {
    var run = await(asAdmin().runSettlements(wanted(merchant)));
    assertThat(run.getFailedMerchantIdsList()).isEmpty();
    return run.getSettlementsList();
  }

  private List<Payout> payOut(Merchant merchant) {
    var run =
        RunPayoutsRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setMerchantId(merchant.getMerchantId())
            .build();
    return await(TestCalls.as(payouts, admin()).runPayouts(run)).getPayoutsList();
  }

  private Payout read(Payout payout) {
    return await(
        TestCalls.as(payouts, admin())
            .getPayout(GetPayoutRequest.newBuilder().setPayoutId(payout.getPayoutId()).build()));
  }

  private List<Settlement> list(Merchant merchant) {
    return await(
            asAdmin()
                .listSettlements(
                    ListSettlementsRequest.newBuilder()
                        .setMerchantId(merchant.getMerchantId())
                        .build()))
        .getSettlementsList();
  }

  private SettlementService asAdmin() {
    return TestCalls.as(settlements, admin());
  }

  private static String admin() {
    return TestTokens.staff("admin", "");
  }

  private static RunSettlementsRequest wanted(Merchant merchant) {
    return RunSettlementsRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setMerchantId(merchant.getMerchantId())
        .build();
  }
}
