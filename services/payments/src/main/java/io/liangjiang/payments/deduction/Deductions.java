package io.liangjiang.payments.deduction;

import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.ShareRule;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Says what to book beside payments and refunds, and writes down what was. Everything runs in the
 * transaction of the payment or refund, under the lock of its order; the caller books the postings
 * in one group with its own.
 */
@ApplicationScoped
public class Deductions {
  private final DeductionRepository repository;
  private final Merchants merchants;
  private final SystemAccounts systemAccounts;

  Deductions(DeductionRepository repository, Merchants merchants, SystemAccounts systemAccounts) {
    this.repository = repository;
    this.merchants = merchants;
    this.systemAccounts = systemAccounts;
  }

  /**
   * What to book, and what to write when it is booked.
   *
   * @param postings to be booked with the payment or refund
   * @param deductions as they stand then
   */
  public record Change(List<Posting> postings, List<Deduction> deductions) {}

  /**
   * Writes down the shares of a new order. Errors: INVALID_ARGUMENT, SHARES_EXCEED_LIMIT,
   * MERCHANT_NOT_FOUND.
   *
   * @param wishes the order's own; empty for those of the merchant's terms
   */
  public Uni<Void> plan(
      SqlClient tx,
      UUID orderId,
      Merchant merchant,
      long amountMinor,
      List<ShareRule> wishes,
      boolean onRequest) {
    var shares = ShareRules.of(merchant, amountMinor, wishes);
    List<Deduction> planned = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      var share = shares.get(i);
      planned.add(
          new Deduction(
              orderId,
              i + 1,
              share.receiverId(),
              0,
              amountMinor,
              share.amountMinor(),
              0,
              false,
              onRequest));
    }
    return merchants
        .requireAll(tx, shares.stream().map(ShareRules.Share::receiverId).toList())
        .chain(() -> repository.put(tx, planned));
  }

  /**
   * What is paid.
   *
   * @param id payment order or charge
   */
  public record Paid(UUID id, Merchant merchant, long amountMinor) {
    private long feeMinor() {
      return PortionRules.feeMinor(amountMinor, merchant.terms().feeBasisPoints());
    }
  }

  /** What a payment brings along: the fee of the merchant's terms, and the shares of the order. */
  public Uni<Change> withPayment(
      SqlClient tx, UUID paymentId, Merchant merchant, long amountMinor) {
    return withPayments(tx, List.of(new Paid(paymentId, merchant, amountMinor)))
        .map(List::getFirst);
  }

  /** What payments bring along, in the same order. */
  public Uni<List<Change>> withPayments(SqlClient tx, List<Paid> payments) {
    boolean fees = payments.stream().anyMatch(paid -> paid.feeMinor() > 0);
    return repository
        .ofPayments(tx, payments.stream().map(Paid::id).toList())
        .chain(
            shares ->
                (fees ? systemAccounts.feeIncome(tx) : Uni.createFrom().item(0L))
                    .map(feeAccount -> changes(payments, shares, feeAccount)));
  }

  private static List<Change> changes(
      List<Paid> payments, List<Deduction> shares, long feeAccount) {
    Map<UUID, List<Deduction>> ofPayment =
        shares.stream()
            .filter(share -> !share.onRequest())
            .collect(Collectors.groupingBy(Deduction::paymentId));
    return payments.stream()
        .map(
            paid -> {
              List<Deduction> taken = new ArrayList<>(fee(paid, feeAccount));
              taken.addAll(ofPayment.getOrDefault(paid.id(), List.of()));
              return firsts(taken, paid.merchant().accountId(), 0);
            })
        .toList();
  }

  /** What the shares that wait for it bring along. */
  public Uni<Change> withRequest(
      SqlClient tx, UUID orderId, long refundedMinor, long merchantAccountId) {
    return all(tx, orderId)
        .map(all -> all.stream().filter(d -> !d.booked()).toList())
        .map(waiting -> firsts(waiting, merchantAccountId, refundedMinor));
  }

  /**
   * What follows when another amount of the payment than before has gone back or is on its way.
   *
   * @param cause what it is for, so that it is booked once
   * @param refundedMinor all that went back
   */
  public Uni<Change> withRefunded(
      SqlClient tx, UUID orderId, String cause, long refundedMinor, long merchantAccountId) {
    return all(tx, orderId)
        .map(
            all -> {
              List<Posting> postings = new ArrayList<>();
              List<Deduction> changed = new ArrayList<>();
              for (Deduction before : all) {
                Deduction after = before.after(refundedMinor);
                if (before.booked() && after.takenMinor() != before.takenMinor()) {
                  postings.add(after.since(before, cause, merchantAccountId));
                  changed.add(after);
                }
              }
              return new Change(postings, changed);
            });
  }

  /** Writes down what was booked. */
  public Uni<Void> write(SqlClient tx, Change change) {
    return repository.put(tx, change.deductions());
  }

  /** Writes down what was booked of several payments. */
  public Uni<Void> writeAll(SqlClient tx, List<Change> changes) {
    return repository.put(
        tx, changes.stream().flatMap(change -> change.deductions().stream()).toList());
  }

  /** Everything that is or will be taken off a payment. */
  public Uni<List<Deduction>> all(SqlClient client, UUID paymentId) {
    return repository.ofPayments(client, List.of(paymentId));
  }

  private static List<Deduction> fee(Paid paid, long feeAccount) {
    long fee = paid.feeMinor();
    return fee == 0
        ? List.of()
        : List.of(
            new Deduction(
                paid.id(), 0, null, feeAccount, paid.amountMinor(), fee, fee, true, false));
  }

  private static Change firsts(List<Deduction> wanted, long merchantAccountId, long refundedMinor) {
    List<Deduction> taken = wanted.stream().map(d -> d.after(refundedMinor)).toList();
    List<Posting> postings =
        taken.stream()
            .filter(deduction -> deduction.takenMinor() > 0)
            .map(deduction -> deduction.first(merchantAccountId))
            .toList();
    return new Change(postings, taken);
  }
}
