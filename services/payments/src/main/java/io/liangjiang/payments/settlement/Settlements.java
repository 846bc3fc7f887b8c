package io.liangjiang.payments.settlement;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.MerchantRun;
import io.liangjiang.payments.merchant.MerchantRuns;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Settles merchants, each in a transaction of its own, and shows what was settled. */
@ApplicationScoped
public class Settlements {
  private static final int MAX_MERCHANTS = 500;

  /**
   * A replica whose clock is behind may still date a transfer in a day that is over elsewhere, and
   * what a settlement has not seen no later one would. More than clocks that are kept differ.
   */
  public static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final Database database;
  private final SettlementRepository repository;
  private final Merchants merchants;
  private final SystemAccounts systemAccounts;
  private final InstantSource clock;

  Settlements(
      Database database,
      SettlementRepository repository,
      Merchants merchants,
      SystemAccounts systemAccounts,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.merchants = merchants;
    this.systemAccounts = systemAccounts;
    this.clock = clock;
  }

  /** Today, as merchants count. */
  LocalDate today() {
    return BusinessDate.of(clock.instant());
  }

  /** Settles what is due for merchants after the one that is named. */
  public Uni<MerchantRun<DaySettlement>> runAll(LocalDate date, String afterMerchantId) {
    return merchants.after(afterMerchantId, MAX_MERCHANTS).chain(found -> run(date, found));
  }

  /** Settles what is due for one merchant. Errors: MERCHANT_NOT_FOUND. */
  Uni<MerchantRun<DaySettlement>> runOne(LocalDate date, String merchantId) {
    return merchants
        .find(database.client(), merchantId)
        .chain(merchant -> run(date, List.of(merchant)))
        .map(MerchantRun::alone);
  }

  private Uni<MerchantRun<DaySettlement>> run(LocalDate date, List<Merchant> found) {
    return MerchantRuns.over(
        found,
        MAX_MERCHANTS,
        "settlement",
        merchant -> database.inTransaction(tx -> settle(tx, merchant.id(), date)));
  }

  private Uni<Optional<DaySettlement>> settle(SqlConnection tx, String merchantId, LocalDate date) {
    return merchants
        .lock(tx, merchantId)
        .chain(
            merchant -> {
              LocalDate day = earlier(date.minusDays(merchant.terms().settlementDelayDays()));
              return repository.last(tx, merchantId).chain(last -> settle(tx, merchant, day, last));
            });
  }

  /** The day, or the last one that is over by every clock. */
  private LocalDate earlier(LocalDate day) {
    LocalDate over = BusinessDate.of(clock.instant().minus(CLOCKS_DIFFER)).minusDays(1);
    return day.isBefore(over) ? day : over;
  }

  private Uni<Optional<DaySettlement>> settle(
      SqlConnection tx, Merchant merchant, LocalDate day, List<DaySettlement> last) {
    if (!last.isEmpty() && !last.getFirst().businessDate().isBefore(day)) {
      return Uni.createFrom().item(Optional.empty());
    }
    Instant from =
        last.isEmpty() ? Instant.EPOCH : BusinessDate.endOf(last.getFirst().businessDate());
    long opening = last.isEmpty() ? 0 : last.getFirst().closingMinor();
    Instant end = BusinessDate.endOf(day);
    return systemAccounts
        .payoutsInTransit(tx)
        .chain(
            transitId ->
                repository
                    .lockBalance(tx, merchant.accountId())
                    .chain(
                        balance ->
                            repository
                                .fold(tx, merchant.accountId(), from, end, transitId)
                                .map(
                                    movement -> reckon(merchant, day, movement, opening, balance))))
        .call(
            settlement ->
                settlement.isPresent()
                    ? repository.insert(tx, settlement.get())
                    : Uni.createFrom().voidItem());
  }

  private Optional<DaySettlement> reckon(
      Merchant merchant, LocalDate day, Movement movement, long opening, long balance) {
    if (movement.transfers() == 0) {
      return Optional.empty();
    }
    long closing = balance - movement.laterMinor();
    var settlement =
        new DaySettlement(
            TimeOrderedId.next(clock),
            merchant.id(),
            day,
            movement,
            opening,
            closing,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!settlement.isTheLedger()) {
      throw new IllegalStateException("the settlement is not what the ledger says");
    }
    return Optional.of(settlement);
  }

  /** One settlement that the caller may see. Errors: SETTLEMENT_NOT_FOUND. */
  Uni<DaySettlement> get(Caller caller, UUID id) {
    return repository
        .find(database.client(), id, owner(caller))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new ServiceException(
                    PaymentsReason.SETTLEMENT_NOT_FOUND, "no such settlement of the caller's");
              }
              return found.getFirst();
            });
  }

  /** A page of the settlements that the caller may see. */
  Uni<Page.Cut<DaySettlement>> page(Caller caller, String merchantId, Page page) {
    return repository
        .page(database.client(), owner(caller), merchantId, page)
        .map(rows -> page.cut(rows, settlement -> List.of(settlement.id().toString())));
  }

  private static @Nullable String owner(Caller caller) {
    return caller.hasRole("merchant") ? caller.requireOrganisationId() : null;
  }
}
