package io.liangjiang.payments.closing;

import static io.liangjiang.payments.closing.BilledCity.await;
import static io.liangjiang.payments.closing.BilledCity.closeRequest;
import static io.liangjiang.payments.closing.BilledCity.importRequest;
import static io.liangjiang.payments.closing.BilledCity.reasonOf;
import static io.liangjiang.payments.closing.BilledCity.resolveRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.payments.channel.BillFixture;
import io.liangjiang.payments.v1.BusinessDay;
import io.liangjiang.payments.v1.BusinessDay.State;
import io.liangjiang.payments.v1.ListBusinessDaysRequest;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest.Resolution;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Closing days, over gRPC on a real PostgreSQL. Each test goes on after the last closed day; all of
 * them are before the days of the other tests that share the database.
 */
@QuarkusTest
@WithTestResource(CityTestResource.class)
@WithTestResource(ReconciliationTestResource.class)
class ClosingWireTest {
  @Inject BilledCity city;

  private Counterpart channel;
  private LocalDate day;

  @BeforeEach
  void theNextDay() {
    channel = new Counterpart();
    day = LocalDate.of(2027, 1, 1);
    while (!city.isUntouched(day)) {
      day = day.plusDays(1);
    }
    city.noon(day);
  }

  @AfterEach
  void booksAreZero() {
    channel.close();
    city.requireZeroBooks();
    city.clock.reset();
  }

  @Test
  void closesADayWithItsTotalsAndTheChannelsFee() {
    String number = city.paid(channel, 10_000);
    city.nextMorning(day);
    city.importBills(channel, new BillFixture(day).payment(number, 10_000).fee(60), day);
    long fees = city.balance("channel/WECHAT_PAY/fees");
    var request = closeRequest(day);

    BusinessDay closed = await(city.asAuditor().closeBusinessDay(request));

    assertThat(await(city.asAuditor().closeBusinessDay(request))).isEqualTo(closed);
    assertThat(city.day(day)).isEqualTo(closed);
    assertThat(closed.getState()).isEqualTo(State.CLOSED);
    assertThat(closed.getClosedBy()).isEqualTo("staff-auditor");
    long debits =
        closed.getTotalsList().stream().mapToLong(BusinessDay.Total::getDebitsMinor).sum();
    long credits =
        closed.getTotalsList().stream().mapToLong(BusinessDay.Total::getCreditsMinor).sum();
    assertThat(debits).isPositive().isEqualTo(credits);
    assertThat(closed.getTransferCount()).isPositive();
    assertThat(closed.getLastTransferId().replace("-", "")).isEqualTo(number);
    assertThat(fees - city.balance("channel/WECHAT_PAY/fees")).isEqualTo(60);
    assertThat(reasonOf(city.asAuditor().closeBusinessDay(closeRequest(day))))
        .isEqualTo("DAY_CLOSED");
    assertThat(reasonOf(city.asAuditor().importBills(importRequest(day)))).isEqualTo("DAY_CLOSED");
  }

  @Test
  void doesNotCloseADayThatIsNotOver() {
    assertThat(reasonOf(city.asAuditor().closeBusinessDay(closeRequest(day))))
        .isEqualTo("DAY_NOT_OVER");
    assertThat(reasonOf(city.asAuditor().importBills(importRequest(day))))
        .isEqualTo("DAY_NOT_OVER");
  }

  @Test
  void doesNotCloseADayThatNobodyKnows() {
    city.nextMorning(day);

    assertThat(reasonOf(city.asAuditor().closeBusinessDay(closeRequest(day))))
        .isEqualTo("BUSINESS_DAY_NOT_FOUND");
    assertThat(reasonOf(city.asAuditor().importBills(importRequest(day.minusMonths(4)))))
        .isEqualTo("BUSINESS_DAY_NOT_FOUND");
  }

  @Test
  void closesOnlyWhenBillsAreThereAndBreaksAreResolved() {
    String number = city.paid(channel, 900);
    city.nextMorning(day);
    city.importBills(day);
    assertThat(reasonOf(city.asAuditor().closeBusinessDay(closeRequest(day))))
        .isEqualTo("BILL_MISSING");

    city.importBills(channel, new BillFixture(day).payment(number, 901), day);
    assertThat(reasonOf(city.asAuditor().closeBusinessDay(closeRequest(day))))
        .isEqualTo("BREAKS_OPEN");

    var open = city.breaks(day, io.liangjiang.payments.v1.ReconciliationBreak.State.OPEN);
    assertThat(open).hasSize(1);
    await(
        city.asAuditor()
            .resolveReconciliationBreak(
                resolveRequest(open.getFirst(), Resolution.ADJUSTING_ENTRY)));
    assertThat(await(city.asAuditor().closeBusinessDay(closeRequest(day))).getState())
        .isEqualTo(State.CLOSED);
  }

  @Test
  void closesDaysInOrder() {
    city.nextMorning(day.plusDays(1));
    city.importBills(day);
    city.importBills(day.plusDays(1));

    assertThat(reasonOf(city.asAuditor().closeBusinessDay(closeRequest(day.plusDays(1)))))
        .isEqualTo("EARLIER_DAY_OPEN");

    await(city.asAuditor().closeBusinessDay(closeRequest(day)));
    await(city.asAuditor().closeBusinessDay(closeRequest(day.plusDays(1))));
    var days =
        await(
                city.asAuditor()
                    .listBusinessDays(
                        ListBusinessDaysRequest.newBuilder()
                            .setState(State.CLOSED)
                            .setPageSize(2)
                            .build()))
            .getDaysList();
    assertThat(days)
        .extracting(BusinessDay::getBusinessDate)
        .containsExactly(day.plusDays(1).toString(), day.toString());
  }

  @Test
  void refusesToWriteIntoAClosedDay() {
    String number = city.paid(channel, 900);
    city.nextMorning(day);
    city.importBills(channel, new BillFixture(day).payment(number, 900), day);
    await(city.asAuditor().closeBusinessDay(closeRequest(day)));

    city.noon(day);
    city.begin(500);
    String late = channel.latestNumber();
    channel.says(late, "SUCCESS", 500);
    assertThat(catchThrowable(() -> city.check(late))).hasMessageContaining("is closed");

    for (String statement :
        new String[] {
          "update bill set row_count = 9 where business_date = $1",
          "delete from bill_row where business_date = $1",
          "update bill_row set amount_minor = 1 where business_date = $1",
          "insert into reconciliation_break (break_id, channel, business_date, type, kind, subject,"
              + " detail, create_time) values (gen_random_uuid(), 3, $1, 2, 1, 'x', 'x', now())",
          "update business_day set close_time = null, closed_by = null, transfer_count = null,"
              + " totals = null where business_date = $1",
          "delete from business_day where business_date = $1",
          "insert into transfer (transfer_id, debit_account_id, credit_account_id, amount_minor,"
              + " reason_code, batch_id, create_time) select gen_random_uuid(), 1, 2, 1, 0, 0,"
              + " $1::date::timestamp at time zone 'Asia/Shanghai' + interval '23:59:59'"
        }) {
      assertThat(catchThrowable(() -> await(city.sql(statement, day))))
          .as(statement)
          .hasMessageContaining("is closed");
    }
  }

  @Test
  void anEarlierDayCannotComeUpAfterADayWasClosed() {
    city.nextMorning(day);
    city.importBills(day);
    await(city.asAuditor().closeBusinessDay(closeRequest(day)));
    LocalDate before = LocalDate.of(2026, 12, 27);

    assertThat(reasonOf(city.asAuditor().importBills(importRequest(before))))
        .isEqualTo("BUSINESS_DAY_NOT_FOUND");
  }
}
