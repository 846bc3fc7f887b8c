package io.liangjiang.payments.closing;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.bill.Bill;
import io.liangjiang.payments.bill.Bills;
import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.reconcile.Breaks;
import io.liangjiang.payments.reconcile.Reconciliation;
import io.liangjiang.payments.v1.BusinessDay;
import io.liangjiang.payments.v1.BusinessDay.State;
import io.liangjiang.payments.v1.ListBusinessDaysResponse;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/** Business days as auditors see them. */
@ApplicationScoped
class BusinessDays {
  private static final int BILL_MONTHS = 3;

  private final Database database;
  private final DayRepository repository;
  private final Bills bills;
  private final Breaks breaks;
  private final Reconciliation reconciliation;
  private final InstantSource clock;

  BusinessDays(
      Database database,
      DayRepository repository,
      Bills bills,
      Breaks breaks,
      Reconciliation reconciliation,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.bills = bills;
    this.breaks = breaks;
    this.reconciliation = reconciliation;
    this.clock = clock;
  }

  /** A page of days, newest first. */
  Uni<ListBusinessDaysResponse> list(State state, Page page) {
    return repository
        .list(database.client(), state, page)
        .map(rows -> page.cut(rows, day -> List.of(BusinessDate.startOf(day.date()).toString())))
        .chain(
            cut ->
                Multi.createFrom()
                    .iterable(cut.items())
                    .onItem()
                    .transformToUniAndConcatenate(day -> describe(database.client(), day))
                    .collect()
                    .asList()
                    .map(
                        days ->
                            ListBusinessDaysResponse.newBuilder()
                                .addAllDays(days)
                                .setNextPageToken(cut.nextPageToken())
                                .build()));
  }

  /** One day. Errors: BUSINESS_DAY_NOT_FOUND. */
  Uni<BusinessDay> get(LocalDate date) {
    return repository
        .find(database.client(), date)
        .map(found -> one(found, date))
        .chain(day -> describe(database.client(), day));
  }

  /**
   * Asks the channels for a day's bills. Errors: DAY_NOT_OVER, DAY_CLOSED, BUSINESS_DAY_NOT_FOUND.
   */
  Uni<BusinessDay> importBills(LocalDate date) {
    requireOver(date);
    return known(date)
        .invoke(BusinessDays::requireOpen)
        .chain(() -> reconciliation.importDay(date))
        .onFailure(BusinessDays::isClosedMeanwhile)
        .transform(failure -> closed(date))
        .chain(() -> get(date));
  }

  /** How a day stands. */
  Uni<BusinessDay> describe(SqlClient client, Day day) {
    return bills
        .ofDay(client, day.date())
        .chain(
            ofDay ->
                breaks.openCount(client, day.date()).map(open -> DayProto.of(day, ofDay, open)));
  }

  /** Errors: DAY_NOT_OVER. */
  void requireOver(LocalDate date) {
    if (clock.instant().isBefore(BusinessDate.endOf(date))) {
      throw new ServiceException(PaymentsReason.DAY_NOT_OVER, "the day has not ended yet")
          .with("businessDate", date);
    }
  }

  /** Errors: DAY_CLOSED. */
  static void requireOpen(Day day) {
    if (day.isClosed()) {
      throw closed(day.date());
    }
  }

  /** Errors: BUSINESS_DAY_NOT_FOUND. */
  static Day one(List<Day> found, LocalDate date) {
    if (found.isEmpty()) {
      throw new ServiceException(PaymentsReason.BUSINESS_DAY_NOT_FOUND, "no such day in the books")
          .with("businessDate", date);
    }
    return found.getFirst();
  }

  /** Whether every channel's bill is here. */
  boolean hasAll(List<Bill> ofDay) {
    return ofDay.stream()
        .filter(Bill::isImported)
        .map(Bill::channel)
        .toList()
        .containsAll(bills.channels());
  }

  /** A day that is not in the books yet is opened, unless no channel has its bill any more. */
  private Uni<Day> known(LocalDate date) {
    LocalDate oldest = BusinessDate.of(clock.instant()).minusMonths(BILL_MONTHS);
    Uni<Boolean> expected =
        date.isBefore(oldest) ? Uni.createFrom().item(false) : bills.expect(date);
    return expected
        .chain(() -> repository.find(database.client(), date))
        .map(found -> one(found, date));
  }

  private static boolean isClosedMeanwhile(Throwable failure) {
    return DatabaseErrors.isCheckViolation(failure, "business_day_is_closed");
  }

  private static ServiceException closed(LocalDate date) {
    return new ServiceException(PaymentsReason.DAY_CLOSED, "the day is closed")
        .with("businessDate", date);
  }
}
