package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.cny;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.liangjiang.payments.payout.CounterpartBank;
import io.liangjiang.payments.payout.CounterpartBank.Mood;
import io.liangjiang.payments.payout.PayoutDriver;
import io.liangjiang.payments.schedule.ScheduleDriver;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PayoutService;
import io.liangjiang.payments.v1.RunPayoutsRequest;
import io.liangjiang.payments.v1.RunPayoutsResponse;
import io.liangjiang.payments.v1.RunSettlementsRequest;
import io.liangjiang.payments.v1.Settlement;
import io.liangjiang.payments.v1.SettlementService;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settlements and payouts when clocks, services, accounts and the bank do not behave. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class PayoutTroubleWireTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int PAYOUT_SET_ASIDE = 24;

  /** So many that a silent bank takes longer for all than a run is held. */
  private static final int MANY = 80;

  @GrpcClient("self")
  SettlementService settlements;

  @GrpcClient("self")
  PayoutService payouts;

  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;
  @Inject CounterpartBank bank;
  @Inject PayoutDriver driver;
  @Inject ScheduleDriver schedule;
  @Inject Database database;

  private LocalDate today;

  @BeforeEach
  void calm() {
    city.calm();
    bank.be(Mood.PAY);
    schedule.forget();
    today = city.clock.instant().atZone(ZONE).toLocalDate();
  }

  @AfterEach
  void booksAreZero() {
    bank.be(Mood.PAY);
    city.requireZeroBooks();
  }

  @Test
  void aRunSaysWhoGotNothingAndWhy() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    clockTo(today.plusDays(1), "06:00");
    settle(merchant);
    setCloseTimeOfTransit("now()"); // nothing opens or closes it but a hand in the database

    RunPayoutsResponse run = payOut(merchant);

    setCloseTimeOfTransit("null");
    assertThat(run.getPayoutsList()).isEmpty();
    assertThat(run.getFailuresList())
        .extracting(
            RunPayoutsResponse.Failure::getMerchantId, RunPayoutsResponse.Failure::getReason)
        .containsExactly(tuple(merchant.getMerchantId(), "ACCOUNT_CLOSED"));
    assertThat(run.getFailures(0).getMessage()).isNotEmpty();
    assertThat(desk.count("payout", "merchant_id", merchant.getMerchantId())).isZero();
    assertThat(desk.balanceOf(merchant)).isEqualTo(1_000);
    run = payOut(merchant);
    assertThat(run.getFailuresList()).isEmpty();
    assertThat(run.getPayoutsList()).hasSize(1);
  }

  @Test
  void aDayIsSettledWhenItIsOverByEveryClock() {
    Merchant merchant = desk.open(fee(0));
    clockTo(today, "23:00");
    sell(merchant, 1_000);
    clockTo(today.plusDays(1), "00:04:59");
    assertThat(settle(merchant)).isEmpty();

    clockTo(today, "23:59:59"); // a replica whose clock is five minutes behind
    sell(merchant, 300);
    clockTo(today.plusDays(1), "00:05");

    assertThat(settle(merchant).getFirst().getPayments().getAmountMinor()).isEqualTo(1_300);
    sell(merchant, 1);
    clockTo(today.plusDays(2), "06:00");
    assertThat(settle(merchant).getFirst().getNet().getAmountMinor()).isEqualTo(1);
    assertThat(payOut(merchant).getPayouts(0).getAmount().getAmountMinor()).isEqualTo(1_301);
  }

  @Test
  void whatAServiceCallsAPayoutIsNone() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    takeAsIfPaidOut(merchant, 100);
    clockTo(today.plusDays(1), "06:00");

    Settlement settlement = settle(merchant).getFirst();

    assertThat(settlement.getPaidOut().getAmountMinor()).isZero();
    assertThat(settlement.getAdjustments().getAmountMinor()).isEqualTo(-100);
    sell(merchant, 500); // of today, not to be paid out yet
    assertThat(payOut(merchant).getPayouts(0).getAmount().getAmountMinor()).isEqualTo(900);
    clockTo(today.plusDays(2), "06:00");
    settle(merchant);
    assertThat(payOut(merchant).getPayouts(0).getAmount().getAmountMinor()).isEqualTo(500);
  }

  @Test
  void aSilentBankDoesNotCostARunItsLease() {
    for (int i = 0; i < MANY; i++) {
      sell(desk.open(fee(0)), 100);
    }
    clockTo(today.plusDays(1), "06:00");
    bank.beSilent(this::otherReplicaTicks);

    await(schedule.tick());

    assertThat(schedule.runs()).containsExactly(today.plusDays(1) + " ended");
    assertThat(schedule.attempts(today.plusDays(1))).isEqualTo(1);
    bank.be(Mood.PAY);
    city.clock.advance(Duration.ofHours(1));
    await(driver.sweep());
  }

  /** The city waits as long as it does, and then another replica looks what is due. */
  private Uni<Void> otherReplicaTicks() {
    city.clock.advance(CounterpartBank.CALL_TIMEOUT);
    return schedule.tick();
  }

  private void takeAsIfPaidOut(Merchant merchant, long amountMinor) {
    var ledger = TestCalls.as(city.ledger, TestTokens.service("tourism"));
    Account own =
        await(
            ledger.createAccount(
                CreateAccountRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setCode("test/" + UUID.randomUUID())
                    .setKind(Account.Kind.LIABILITY)
                    .setCurrencyCode("CNY")
                    .build()));
    await(
        ledger.createTransfer(
            CreateTransferRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setDebitAccountId(accountOf(merchant))
                .setCreditAccountId(own.getAccountId())
                .setAmount(cny(amountMinor))
                .setReasonCode(PAYOUT_SET_ASIDE)
                .build()));
  }

  private String accountOf(Merchant merchant) {
    return await(
        database
            .client()
            .preparedQuery("select account_id::text from account where code = $1")
            .execute(Tuple.of("merchant/" + merchant.getMerchantId()))
            .map(rows -> rows.iterator().next().getString(0)));
  }

  private void setCloseTimeOfTransit(String time) {
    await(
        database
            .client()
            .query("update account set close_time = " + time + " where code = 'payouts/transit'")
            .execute());
  }

  private List<Settlement> settle(Merchant merchant) {
    var run =
        await(
            TestCalls.as(settlements, TestTokens.staff("admin", ""))
                .runSettlements(
                    RunSettlementsRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setMerchantId(merchant.getMerchantId())
                        .build()));
    assertThat(run.getFailedMerchantIdsList()).isEmpty();
    return run.getSettlementsList();
  }

  private RunPayoutsResponse payOut(Merchant merchant) {
    return await(
        TestCalls.as(payouts, TestTokens.staff("admin", ""))
            .runPayouts(
                RunPayoutsRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setMerchantId(merchant.getMerchantId())
                    .build()));
  }

  private void clockTo(LocalDate day, String time) {
    city.clock.set(day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant());
  }

  private void sell(Merchant merchant, long amountMinor) {
    city.fill(amountMinor);
    var wanted =
        city.request(amountMinor).toBuilder().setMerchantId(merchant.getMerchantId()).build();
    PaymentOrder order = await(city.asTourism().createPaymentOrder(wanted));
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
  }
}
