package io.liangjiang.payments.closing;

import static io.liangjiang.payments.closing.BilledCity.await;
import static io.liangjiang.payments.closing.BilledCity.reasonOf;
import static io.liangjiang.payments.closing.BilledCity.resolveRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.BillFixture;
import io.liangjiang.payments.v1.BusinessDay.ChannelBill;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.ReconciliationBreak.Owner;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest.Resolution;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a channel's bill can say wrong: each is exactly one break, which heals when the bill is put
 * right, or is resolved by somebody.
 */
@QuarkusTest
@WithTestResource(CityTestResource.class)
@WithTestResource(ReconciliationTestResource.class)
class BillFaultsTest {
  private static final String CHANNEL = "channel/WECHAT_PAY";
  private static final String SUSPENSE = "channel/WECHAT_PAY/suspense";

  @Inject BilledCity city;

  private BilledDay billed;
  private Counterpart channel;
  private LocalDate day;
  private BillFixture bill;

  @BeforeEach
  void aDayOfItsOwn() {
    billed = BilledDay.from(city, LocalDate.of(2027, 3, 1));
    channel = billed.channel();
    day = billed.date();
    bill = billed.bill();
  }

  @AfterEach
  void booksAreZero() {
    billed.close();
  }

  @Test
  void billThatIsLate() {
    String number = city.paid(channel, 900);
    city.nextMorning(day);

    var expected = city.importBills(day);
    city.importBills(day);

    assertThat(wechatBill(expected.getBillsList()).getState())
        .isEqualTo(ChannelBill.State.EXPECTED);
    var late = city.onlyBreak(day);
    assertThat(late.getType()).isEqualTo(Type.BILL_LATE);
    assertThat(late.getOwner()).isEqualTo(Owner.CHANNEL);
    heals(bill.payment(number, 900));
  }

  @Test
  void billThatIsNotTheOneThatWasSigned() {
    String number = city.paid(channel, 900);
    city.nextMorning(day);
    bill.payment(number, 900).publishWithWrongHash(channel.host());

    city.importBills(day);

    var late = city.onlyBreak(day);
    assertThat(late.getType()).isEqualTo(Type.BILL_LATE);
    assertThat(late.getDetail()).contains("hash");
    heals(bill);
  }

  @Test
  void billOfADayOnWhichNothingHappened() {
    city.nextMorning(day);

    var quiet = wechatBill(city.importBills(day).getBillsList());

    assertThat(quiet.getState()).isEqualTo(ChannelBill.State.IMPORTED);
    assertThat(quiet.getRowCount()).isZero();
    city.requireNoBreaks(day);
  }

  @Test
  void billWithAStrangersRow() {
    String number = city.paid(channel, 900);

    var only =
        billed.broken(
            bill.payment(number, 900).payment("2099010100000000000000000000", 500),
            Type.STRANGERS_ROW);

    assertThat(only.getOwner()).isEqualTo(Owner.FINANCE);
    assertThat(only.getSubject()).isEqualTo("2099010100000000000000000000");
    long before = city.balance(SUSPENSE);
    var resolved =
        await(
            city.asAuditor()
                .resolveReconciliationBreak(resolveRequest(only, Resolution.ADJUSTING_ENTRY)));
    assertThat(resolved.getState()).isEqualTo(State.RESOLVED);
    assertThat(resolved.getResolvedBy()).isEqualTo("staff-auditor");
    assertThat(resolved.getNote()).isEqualTo("the channel confirmed it by phone");
    assertThat(resolved.getTransferId()).isNotEmpty();
    assertThat(city.balance(SUSPENSE) - before).isEqualTo(500);
    city.importBills(day);
    assertThat(city.onlyBreak(day)).isEqualTo(resolved);
  }

  @Test
  void billThatMissesAPayment() {
    String number = city.paid(channel, 900);

    var only = billed.broken(bill, Type.MISSING_IN_BILL);

    assertThat(only.getSubject()).isEqualTo(number);
    assertThat(only.getLedgerAmount().getAmountMinor()).isEqualTo(900);
    heals(bill.payment(number, 900));
  }

  @Test
  void billWithAnotherAmount() {
    String number = city.paid(channel, 900);

    var only = billed.broken(bill.payment(number, 890), Type.AMOUNT_DIFFERS);

    long before = city.balance(CHANNEL);
    var request = resolveRequest(only, Resolution.ADJUSTING_ENTRY);
    var resolved = await(city.asAuditor().resolveReconciliationBreak(request));
    assertThat(await(city.asAuditor().resolveReconciliationBreak(request))).isEqualTo(resolved);
    assertThat(city.balance(CHANNEL) - before).isEqualTo(10);
    assertThat(
            reasonOf(
                city.asAuditor().resolveReconciliationBreak(resolveRequest(only, Resolution.NOTE))))
        .isEqualTo("BREAK_NOT_OPEN");
  }

  @Test
  void billThatMissesARefund() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    city.refund(order.getPaymentOrderId(), 300);

    billed.broken(bill.payment(number, 900), Type.REFUND_MISSING_IN_BILL);

    heals(bill.refund(number, channel.latestRefund(), "SUCCESS", 300));
  }

  @Test
  void billWithAnotherAmountOfARefund() {
    PaymentOrder order = city.begin(900);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", 900);
    city.check(number);
    city.refund(order.getPaymentOrderId(), 300);

    billed.broken(
        bill.payment(number, 900).refund(number, channel.latestRefund(), "SUCCESS", 200),
        Type.REFUND_AMOUNT_DIFFERS);
  }

  @Test
  void billWithAPaymentTwice() {
    String number = city.paid(channel, 900);

    var only =
        billed.broken(bill.payment(number, 900).payment(number, 900), Type.DUPLICATE_IN_BILL);

    assertThat(only.getBillAmount().getAmountMinor()).isEqualTo(1_800);
  }

  @Test
  void billWithAPaymentOfTheDayBefore() {
    String number = city.paid(channel, 900);
    city.nextMorning(day);
    city.importBills(channel, bill.payment(number, 900), day);
    city.requireNoBreaks(day);

    city.nextMorning(day.plusDays(1));
    city.importBills(
        channel, new BillFixture(day.plusDays(1)).payment(number, 900), day.plusDays(1));

    city.requireNoBreaks(day);
    assertThat(city.onlyBreak(day.plusDays(1)).getType()).isEqualTo(Type.DUPLICATE_IN_BILL);
  }

  @Test
  void fundFlowThatDoesNotAddUpToTheTrades() {
    String number = city.paid(channel, 900);

    var only = billed.broken(bill.trade(number, 900).flow("交易", "收入", 899), Type.FUND_FLOW_DIFFERS);

    assertThat(
            reasonOf(
                city.asAuditor()
                    .resolveReconciliationBreak(resolveRequest(only, Resolution.ADJUSTING_ENTRY))))
        .isEqualTo("BREAK_NOT_ADJUSTABLE");
    var resolved =
        await(city.asAuditor().resolveReconciliationBreak(resolveRequest(only, Resolution.NOTE)));
    assertThat(resolved.getTransferId()).isEmpty();
  }

  @Test
  void breakThatWasResolvedOpensAgainWhenTheBillSaysSomethingElse() {
    String number = city.paid(channel, 900);
    var only = billed.broken(bill.payment(number, 890), Type.AMOUNT_DIFFERS);
    await(
        city.asAuditor()
            .resolveReconciliationBreak(resolveRequest(only, Resolution.ADJUSTING_ENTRY)));

    var again = billed.broken(new BillFixture(day).payment(number, 850), Type.AMOUNT_DIFFERS);

    assertThat(again.getBreakId()).isEqualTo(only.getBreakId());
    long before = city.balance(CHANNEL);
    await(
        city.asAuditor()
            .resolveReconciliationBreak(resolveRequest(again, Resolution.ADJUSTING_ENTRY)));
    assertThat(city.balance(CHANNEL) - before).isEqualTo(40);
  }

  /** The right bill ends the break that is there, and makes no other. */
  private void heals(BillFixture bills) {
    city.importBills(channel, bills, day);
    assertThat(city.onlyBreak(day).getState()).isEqualTo(State.HEALED);
  }

  private static ChannelBill wechatBill(List<ChannelBill> bills) {
    return bills.stream()
        .filter(b -> b.getChannel() == Channel.WECHAT_PAY)
        .findFirst()
        .orElseThrow();
  }
}
