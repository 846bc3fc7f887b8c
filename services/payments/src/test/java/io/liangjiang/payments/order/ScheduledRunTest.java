package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.payout.CounterpartBank;
import io.liangjiang.payments.payout.CounterpartBank.Mood;
import io.liangjiang.payments.payout.PayoutDriver;
import io.liangjiang.payments.schedule.ScheduleDriver;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each day at its time merchants are settled and paid out, once, whatever breaks on the way. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ScheduledRunTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String BANK_NAME = "每日结算有限公司";
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final int MAX_RUNS = 12;

  /** The fifth attempt is the last: what fails in it waits for the next day. */
  private static final int CUT_RUNS = 4;

  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;
  @Inject CounterpartBank bank;
  @Inject PayoutDriver payouts;
  @Inject ScheduleDriver schedule;

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
  void settlesAndPaysOutAtItsTimeAndOnce() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    clockTo(today.plusDays(1), "05:59:59");
    await(schedule.tick());
    assertThat(schedule.runs()).containsExactly(today + " ended");
    assertThat(desk.balanceOf(merchant)).isEqualTo(1_000);

    clockTo(today.plusDays(1), "06:00:00");
    await(Uni.join().all(schedule.tick(), schedule.tick(), schedule.tick()).andFailFast());
    await(schedule.tick());

    assertThat(schedule.runs()).containsExactly(today + " ended", today.plusDays(1) + " ended");
    assertThat(settlementsOf(merchant)).isEqualTo(1);
    assertThat(payoutsOf(merchant)).isEqualTo(1);
    assertThat(desk.balanceOf(merchant)).isZero();
  }

  @Test
  void makesUpForDaysThatWereMissed() {
    Merchant merchant = desk.open(fee(0));
    sell(merchant, 1_000);
    clockTo(today.plusDays(1), "07:00:00");
    await(schedule.tick());
    sell(merchant, 500);
    clockTo(today.plusDays(2), "12:00:00");
    sell(merchant, 300);

    clockTo(today.plusDays(4), "08:00:00");
    for (int i = 0; i < MAX_RUNS; i++) {
      await(schedule.tick());
    }

    assertThat(schedule.runs())
        .containsExactly(
            today.plusDays(1) + " ended",
            today.plusDays(2) + " ended",
            today.plusDays(3) + " ended",
            today.plusDays(4) + " ended");
    assertThat(settlementsOf(merchant)).isEqualTo(3);
    assertThat(desk.balanceOf(merchant)).isZero();
  }

  @Test
  void aRunThatBrokeOffBetweenItsStepsPaysNothingTwice() {
    List<Merchant> merchants = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Merchant merchant = desk.open(fee(0), BANK_NAME);
      sell(merchant, 1_000);
      merchants.add(merchant);
    }
    clockTo(today.plusDays(1), "06:00:00");
    await(schedule.tick()); // others' merchants of this database
    // Money of the day itself, so that the next day's run has something to do for the four.
    merchants.forEach(merchant -> sell(merchant, 700));
    clockTo(today.plusDays(2), "06:00:00");
    long paidBefore = bank.paidMinor(BANK_NAME);

    for (int i = 0; i < MAX_RUNS && !ended(today.plusDays(2)); i++) {
      bank.be(i % 2 == 0 ? Mood.LOSE_ANSWER : Mood.PAY);
      var run = schedule.tick().subscribe().asCompletionStage();
      if (i < CUT_RUNS) {
        schedule.cutConnections();
      }
      run.exceptionally(lost -> null).join();
      schedule.awaitConnections();
      city.clock.advance(LEASE.plusSeconds(1));
    }
    bank.be(Mood.PAY);
    await(payouts.sweep());

    assertThat(ended(today.plusDays(2))).isTrue();
    assertThat(bank.paidMinor(BANK_NAME) - paidBefore).isEqualTo(4 * 700);
    for (Merchant merchant : merchants) {
      assertThat(settlementsOf(merchant)).isEqualTo(2);
      assertThat(payoutsOf(merchant)).isEqualTo(2);
      assertThat(desk.balanceOf(merchant)).isZero();
    }
    assertThat(desk.balance("payouts/transit")).isZero();
  }

  private boolean ended(LocalDate date) {
    return schedule.runs().contains(date + " ended");
  }

  private long settlementsOf(Merchant merchant) {
    return desk.count("settlement", "merchant_id", merchant.getMerchantId());
  }

  private long payoutsOf(Merchant merchant) {
    return desk.count("payout", "merchant_id", merchant.getMerchantId());
  }

  private void clockTo(LocalDate day, String time) {
    city.clock.set(day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant());
  }

  private void sell(Merchant merchant, long amountMinor) {
    city.fill(amountMinor);
    PaymentOrder order =
        await(
            city.asTourism()
                .createPaymentOrder(
                    city.request(amountMinor).toBuilder()
                        .setMerchantId(merchant.getMerchantId())
                        .build()));
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
  }
}
