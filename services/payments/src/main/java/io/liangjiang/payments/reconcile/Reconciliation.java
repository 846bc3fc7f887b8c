package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.bill.Bill;
import io.liangjiang.payments.bill.Bills;
import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.channel.BillSource.DailyBill;
import io.liangjiang.payments.channel.BillSource.FundFlow;
import io.liangjiang.payments.channel.BillSource.UnreadableBill;
import io.liangjiang.payments.match.Difference;
import io.liangjiang.payments.match.Matches;
import io.liangjiang.payments.match.Matches.Found;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings a channel's bill here and has it matched. Safe to repeat: the same bill changes nothing,
 * the same difference is the same break, and a difference that is gone heals its break.
 */
@ApplicationScoped
public class Reconciliation {
  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  /** After that often a bill is looked at only when somebody says so. */
  private static final int MAX_ATTEMPTS = 200;

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final DailyBill NOTHING = new DailyBill("", "", List.of(), new FundFlow(0, 0, 0));

  private final Database database;
  private final Bills bills;
  private final Matches matches;
  private final BreakRepository breaks;
  private final InstantSource clock;

  Reconciliation(
      Database database,
      Bills bills,
      Matches matches,
      BreakRepository breaks,
      InstantSource clock) {
    this.database = database;
    this.bills = bills;
    this.matches = matches;
    this.breaks = breaks;
    this.clock = clock;
  }

  /**
   * What the channel had.
   *
   * @param hasNone it said itself that there is none
   * @param problem why there is no bill that can be used; empty when nobody asked
   */
  private record Fetched(@Nullable DailyBill bill, boolean hasNone, String problem) {
    static final Fetched NOT_ASKED = new Fetched(null, false, "");

    static Fetched of(Optional<DailyBill> bill) {
      return bill.isPresent()
          ? new Fetched(bill.get(), false, "")
          : new Fetched(null, true, "the channel has no bill yet");
    }

    static Fetched failed(String problem) {
      return new Fetched(null, false, problem);
    }
  }

  /** Asks every channel for its bill of a day, and matches. */
  public Uni<Void> importDay(LocalDate day) {
    return Multi.createFrom()
        .iterable(bills.channels())
        .onItem()
        .transformToUniAndConcatenate(channel -> importBill(channel, day))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Goes on with a bill: fetches it unless it is here, and matches. */
  Uni<Void> drive(Bill bill) {
    return bill.isImported()
        ? match(bill.channel(), bill.day(), Fetched.NOT_ASKED)
        : importBill(bill.channel(), bill.day());
  }

  private Uni<Void> importBill(Channel channel, LocalDate day) {
    return bills
        .fetch(channel, day)
        .map(Fetched::of)
        .onFailure(Reconciliation::isTheChannels)
        .recoverWithItem(failure -> Fetched.failed(problem(channel, day, failure)))
        .chain(fetched -> match(channel, day, fetched));
  }

  private static boolean isTheChannels(Throwable failure) {
    return failure instanceof UnreadableBill || failure instanceof ServiceException;
  }

  private static String problem(Channel channel, LocalDate day, Throwable failure) {
    LOG.warnf("bill of %s for %s: %s", channel, day, failure.getMessage());
    return failure instanceof UnreadableBill
        ? "the bill cannot be read: " + failure.getMessage()
        : "the channel does not give the bill";
  }

  private Uni<Void> match(Channel channel, LocalDate day, Fetched fetched) {
    return database.inTransaction(
        tx ->
            bills
                .lock(tx, channel, day)
                .chain(
                    locked ->
                        locked.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : matchLocked(tx, locked.getFirst(), fetched)));
  }

  private Uni<Void> matchLocked(SqlConnection tx, Bill known, Fetched fetched) {
    return keep(tx, known, fetched)
        .chain(() -> bills.lock(tx, known.channel(), known.day()))
        .map(List::getFirst)
        .chain(
            bill ->
                find(tx, bill, fetched)
                    .chain(
                        found ->
                            breaks
                                .found(tx, bill, found.differences())
                                .chain(() -> heal(tx, bill, found))
                                .chain(() -> breaks.openCount(tx, bill))
                                .chain(open -> again(tx, bill, open, fetched.problem()))));
  }

  /**
   * A channel on which nothing happened has no bill: when the books have nothing either, the day is
   * matched.
   */
  private Uni<Void> keep(SqlConnection tx, Bill known, Fetched fetched) {
    Instant now = clock.instant();
    DailyBill bill = fetched.bill();
    if (bill != null) {
      return bills.keep(tx, known, bill, now);
    }
    if (known.isImported() || !fetched.hasNone()) {
      return Uni.createFrom().voidItem();
    }
    return matches
        .expectsRows(tx, known.channel(), known.day())
        .chain(
            expected ->
                expected ? Uni.createFrom().voidItem() : bills.keep(tx, known, NOTHING, now));
  }

  private Uni<Found> find(SqlConnection tx, Bill bill, Fetched fetched) {
    if (bill.isImported()) {
      return matches.match(tx, bill);
    }
    boolean isLate = !clock.instant().isBefore(BusinessDate.billsFrom(bill.day()));
    List<Difference> late = isLate ? List.of(Difference.late(fetched.problem())) : List.of();
    return Uni.createFrom().item(new Found(late, true));
  }

  private Uni<Void> heal(SqlConnection tx, Bill bill, Found found) {
    return found.isWhole()
        ? breaks.heal(tx, bill, found.differences())
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> again(SqlConnection tx, Bill bill, int openBreaks, String problem) {
    return bills.again(tx, bill, next(bill, openBreaks), problem);
  }

  private @Nullable Instant next(Bill bill, int openBreaks) {
    boolean done = bill.isImported() && openBreaks == 0;
    return done || bill.attempts() >= MAX_ATTEMPTS
        ? null
        : clock.instant().plus(pause(bill.attempts()));
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(attempts + 1L);
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
