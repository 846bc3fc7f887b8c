package io.liangjiang.payments.match;

import io.liangjiang.payments.bill.Bill;
import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds what differs between a bill and the books. */
@ApplicationScoped
public class Matches {
  private final MatchRepository repository;

  Matches(MatchRepository repository) {
    this.repository = repository;
  }

  /**
   * The differences of a day.
   *
   * @param isWhole false when there were more of a sort than one match takes
   */
  public record Found(List<Difference> differences, boolean isWhole) {}

  /** What differs between an imported bill and the books. */
  public Uni<Found> match(SqlClient tx, Bill bill) {
    return repository
        .paymentsOfBill(tx, bill.channel(), bill.day())
        .chain(
            payments ->
                repository
                    .refundsOfBill(tx, bill.channel(), bill.day())
                    .chain(refunds -> withBooks(tx, bill, payments, refunds)));
  }

  private Uni<Found> withBooks(SqlClient tx, Bill bill, List<Sides> payments, List<Sides> refunds) {
    return repository
        .paymentsOfBooks(tx, bill.channel(), bill.day())
        .chain(
            booked ->
                repository
                    .refundsOfBooks(tx, bill.channel(), bill.day())
                    .map(given -> found(bill, List.of(payments, refunds, booked, given))));
  }

  /** Whether the books have anything that a bill of the day should have. */
  public Uni<Boolean> expectsRows(SqlClient tx, Channel channel, LocalDate day) {
    return repository
        .paymentsOfBooks(tx, channel, day)
        .chain(
            payments ->
                payments.isEmpty()
                    ? repository.refundsOfBooks(tx, channel, day).map(refunds -> !refunds.isEmpty())
                    : Uni.createFrom().item(true));
  }

  private static Found found(Bill bill, List<List<Sides>> sides) {
    List<Difference> differences = new ArrayList<>();
    for (List<Sides> sort : sides) {
      sort.stream().map(Sides::difference).filter(Objects::nonNull).forEach(differences::add);
    }
    if (differences.isEmpty() && !bill.addsUp()) {
      differences.add(flow(bill));
    }
    return new Found(
        differences, sides.stream().allMatch(sort -> sort.size() < MatchRepository.LIMIT));
  }

  /** Only said when no row says more: a row that is wrong makes both sums differ. */
  private static Difference flow(Bill bill) {
    return new Difference(
        Type.FUND_FLOW_DIFFERS,
        Kind.BILL,
        "",
        bill.paidMinor() - bill.refundedMinor(),
        null,
        null,
        "the trade bill has "
            + bill.paidMinor()
            + " paid and "
            + bill.refundedMinor()
            + " given back, the fund-flow bill "
            + bill.flowPaidMinor()
            + " and "
            + bill.flowRefundedMinor()
            + ", in fen");
  }
}
