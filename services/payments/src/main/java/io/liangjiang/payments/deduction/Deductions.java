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
import java.util.UUID;

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

  /** What a payment brings along: the fee of the merchant's terms, and the shares of the order. */
  public Uni<Change> withPayment(
      SqlClient tx, UUID paymentId, Merchant merchant, long amountMinor) {
    return Uni.combine()
        .all()
        .unis(all(tx, paymentId), fee(tx, paymentId, merchant, amountMinor))
        .asTuple()
        .map(
            found -> {
              List<Deduction> taken = new ArrayList<>(found.getItem2());
              found.getItem1().stream().filter(s -> !s.onRequest()).forEach(taken::add);
              return firsts(taken, merchant.accountId(), 0);
            });
  }

  /** What a charge brings along: the fee alone. */
  public Uni<Change> withCharge(SqlClient tx, UUID chargeId, Merchant merchant, long amountMinor) {
    return fee(tx, chargeId, merchant, amountMinor)
        .map(fee -> firsts(fee, merchant.accountId(), 0));
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

  /** Everything that is or will be taken off a payment. */
  public Uni<List<Deduction>> all(SqlClient client, UUID paymentId) {
    return repository.ofPayment(client, paymentId);
  }

  private Uni<List<Deduction>> fee(
      SqlClient tx, UUID paymentId, Merchant merchant, long amountMinor) {
    long fee = PortionRules.feeMinor(amountMinor, merchant.terms().feeBasisPoints());
    if (fee == 0) {
      return Uni.createFrom().item(List.of());
    }
    return systemAccounts
        .feeIncome(tx)
        .map(
            account ->
                List.of(
                    new Deduction(
                        paymentId, 0, null, account, amountMinor, fee, fee, true, false)));
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
