package io.liangjiang.payments.closing;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.bill.Bill;
import io.liangjiang.payments.bill.Bills;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.ledger.TrialBalances;
import io.liangjiang.payments.reconcile.Breaks;
import io.liangjiang.payments.v1.BusinessDay;
import io.liangjiang.payments.v1.CloseBusinessDayRequest;
import io.liangjiang.payments.v1.TrialBalance;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Closes days. The channel's fee of the day is booked with it, into the day on which the bill told
 * of it.
 */
@ApplicationScoped
class Closings {
  private final Idempotency idempotency;
  private final DayRepository repository;
  private final BusinessDays days;
  private final Bills bills;
  private final Breaks breaks;
  private final TrialBalances trialBalances;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  Closings(
      Idempotency idempotency,
      DayRepository repository,
      BusinessDays days,
      Bills bills,
      Breaks breaks,
      TrialBalances trialBalances,
      SystemAccounts systemAccounts,
      Journal journal,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.days = days;
    this.bills = bills;
    this.breaks = breaks;
    this.trialBalances = trialBalances;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Closes a day for good. Errors: BUSINESS_DAY_NOT_FOUND, DAY_NOT_OVER, DAY_CLOSED,
   * EARLIER_DAY_OPEN, BILL_MISSING, BREAKS_OPEN, BOOKS_NOT_ZERO.
   */
  Uni<BusinessDay> close(Caller caller, CloseBusinessDayRequest request, LocalDate date) {
    days.requireOver(date);
    return trialBalances
        .read()
        .chain(
            balance ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    BusinessDay.getDefaultInstance(),
                    tx -> closeOnce(tx, caller.subject(), date, balance)));
  }

  private Uni<BusinessDay> closeOnce(
      SqlConnection tx, String by, LocalDate date, TrialBalance balance) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return repository
        .lock(tx, date)
        .map(found -> BusinessDays.one(found, date))
        .invoke(BusinessDays::requireOpen)
        .chain(() -> repository.hasEarlierOpen(tx, date))
        .invoke(open -> require(!open, PaymentsReason.EARLIER_DAY_OPEN, "days close in order"))
        .chain(() -> requireMatched(tx, date))
        .invoke(() -> requireZero(balance))
        .chain(() -> bookFees(tx, date))
        .chain(() -> repository.fold(tx, date, now, by))
        .chain(closing -> repository.close(tx, date, closing))
        .chain(day -> days.describe(tx, day));
  }

  private Uni<Void> requireMatched(SqlConnection tx, LocalDate date) {
    return bills
        .ofDay(tx, date)
        .invoke(
            ofDay ->
                require(days.hasAll(ofDay), PaymentsReason.BILL_MISSING, "a bill is not here yet"))
        .chain(() -> breaks.openCount(tx, date))
        .invoke(
            open -> require(open == 0, PaymentsReason.BREAKS_OPEN, open + " breaks are still open"))
        .replaceWithVoid();
  }

  private static void requireZero(TrialBalance balance) {
    require(
        balance.getSumMinor() == 0 && balance.getBalancesMatchJournal(),
        PaymentsReason.BOOKS_NOT_ZERO,
        "the books do not balance");
  }

  private Uni<Void> bookFees(SqlConnection tx, LocalDate date) {
    return bills
        .ofDay(tx, date)
        .onItem()
        .transformToMulti(ofDay -> Multi.createFrom().iterable(ofDay))
        .onItem()
        .transformToUniAndConcatenate(bill -> bookFee(tx, bill))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** What the channel kept is spent; what it gave back on refunds is not. */
  private Uni<Void> bookFee(SqlConnection tx, Bill bill) {
    long fee = bill.feeMinor();
    if (fee == 0) {
      return Uni.createFrom().voidItem();
    }
    byte[] seed = ("fee/" + bill.channel() + "/" + bill.day()).getBytes(StandardCharsets.UTF_8);
    Uni<Long> fees = systemAccounts.feesOf(tx, bill.channel());
    Uni<Long> collected = systemAccounts.collectedBy(tx, bill.channel());
    return journal.move(
        tx,
        fee > 0 ? fees : collected,
        fee > 0 ? collected : fees,
        (debit, credit) ->
            TransferReason.CHANNEL_FEE.posting(
                UUID.nameUUIDFromBytes(seed), debit, credit, Math.abs(fee)));
  }

  private static void require(boolean holds, PaymentsReason reason, String message) {
    if (!holds) {
      throw new ServiceException(reason, message);
    }
  }
}
