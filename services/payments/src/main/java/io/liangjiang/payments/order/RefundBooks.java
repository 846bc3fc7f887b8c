package io.liangjiang.payments.order;

import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.Refund.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Books refunds through a channel or to the insurance bureau: set aside first, then given back, or
 * the merchant's again. The order and the refund are locked.
 */
@ApplicationScoped
class RefundBooks {
  private static final Logger LOG = Logger.getLogger(RefundBooks.class);
  private static final String ASIDE = "insurance-aside";
  private static final String BACK = "insurance-back";
  private static final String REVERSED = "insurance-reversed";

  private final RefundRepository repository;
  private final OrderRepository orders;
  private final Merchants merchants;
  private final Deductions deductions;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final OrderNews news;

  RefundBooks(
      RefundRepository repository,
      OrderRepository orders,
      Merchants merchants,
      Deductions deductions,
      SystemAccounts systemAccounts,
      Journal journal,
      OrderNews news) {
    this.repository = repository;
    this.orders = orders;
    this.merchants = merchants;
    this.deductions = deductions;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.news = news;
  }

  /** The accounts of one refund. */
  private record Sides(long merchant, long cashAside, long insuranceAside) {}

  /**
   * Sets the money aside now; it leaves the books when it has been given back.
   *
   * @param channel that gives back the cash part
   */
  Uni<Void> setAside(SqlConnection tx, Order order, OrderRefund refund, Channel channel) {
    return sides(tx, order, channel)
        .chain(
            sides ->
                deductionsBack(tx, order, refund, sides.merchant)
                    .call(
                        change -> {
                          List<Posting> all = new ArrayList<>(change.postings());
                          addIfAny(
                              all,
                              TransferReason.REFUND_SET_ASIDE,
                              refund.id(),
                              sides.merchant,
                              sides.cashAside,
                              refund.cashMinor());
                          addIfAny(
                              all,
                              TransferReason.REFUND_SET_ASIDE,
                              refund.insuranceTransferId(ASIDE),
                              sides.merchant,
                              sides.insuranceAside,
                              refund.insuranceMinor());
                          return journal.post(tx, all);
                        }))
        .chain(change -> deductions.write(tx, change))
        .chain(() -> note(tx, order, refund));
  }

  /** Writes down a refund that is new. */
  Uni<Void> note(SqlConnection tx, Order order, OrderRefund refund) {
    long refunded = order.refundedMinor() + refund.amountMinor();
    return repository
        .insert(tx, refund)
        .chain(() -> orders.writeRefunded(tx, order, refunded, order.refundCount() + 1));
  }

  /** The fee and the shares of what goes back come back to the merchant first. */
  Uni<Deductions.Change> deductionsBack(
      SqlConnection tx, Order order, OrderRefund refund, long merchantAccountId) {
    long refunded = order.refundedMinor() + refund.amountMinor();
    return deductions.withRefunded(
        tx, order.id(), "refund/" + refund.id(), refunded, merchantAccountId);
  }

  /** Marks a refund as arrived and says so. */
  Uni<Void> succeed(SqlConnection tx, Order order, OrderRefund refund) {
    return repository
        .writeState(tx, refund.id(), State.SUCCEEDED)
        .chain(() -> news.refunded(tx, order, refund));
  }

  /** The channel has given the cash back: it leaves the books. */
  Uni<Void> cashReturned(SqlConnection tx, Order order, OrderRefund refund, Channel channel) {
    return journal
        .move(
            tx,
            systemAccounts.refundsOf(tx, channel),
            systemAccounts.collectedBy(tx, channel),
            (setAside, collected) ->
                TransferReason.REFUND.posting(
                    refund.followUpTransferId(), setAside, collected, refund.cashMinor()))
        .chain(() -> succeed(tx, order, refund));
  }

  /**
   * The channel refused for good: the merchant has the money again, unless nobody had asked for it
   * back. What the bureau has taken back before stays so, as a refund of its own.
   */
  Uni<Void> cashRefused(SqlConnection tx, Order order, OrderRefund refund, Channel channel) {
    LOG.errorf("refund %s was refused by the channel", refund.id());
    if (refund.late()) {
      return repository.writeState(tx, refund.id(), State.FAILED);
    }
    if (refund.insuranceMinor() == 0) {
      return fail(tx, order, refund, channel);
    }
    OrderRefund insured = refund.insuredPart();
    return repository
        .insert(tx, insured)
        .chain(() -> succeed(tx, order, insured))
        .chain(() -> repository.leaveCashAlone(tx, refund.id()))
        .chain(() -> fail(tx, order, refund.cashPart(), channel));
  }

  /** The bureau has taken its part back: it leaves the books. */
  Uni<Void> insuranceReversed(SqlConnection tx, Order order, OrderRefund refund) {
    return journal
        .move(
            tx,
            systemAccounts.insuranceReversals(tx),
            systemAccounts.insuranceReceivable(tx),
            (setAside, receivable) ->
                TransferReason.INSURANCE_REVERSED.posting(
                    refund.insuranceTransferId(REVERSED),
                    setAside,
                    receivable,
                    refund.insuranceMinor()))
        .chain(() -> repository.writeReversed(tx, refund.id()))
        .chain(
            () ->
                refund.cashMinor() == 0 ? succeed(tx, order, refund) : Uni.createFrom().voidItem());
  }

  /** The bureau does not take its part back: nothing goes back at all. */
  Uni<Void> insuranceKept(SqlConnection tx, Order order, OrderRefund refund, Channel channel) {
    LOG.errorf("refund %s was refused by the insurance bureau", refund.id());
    return fail(tx, order, refund, channel);
  }

  private Uni<Void> fail(SqlConnection tx, Order order, OrderRefund refund, Channel channel) {
    long stillRefunded = order.refundedMinor() - refund.amountMinor();
    return sides(tx, order, channel)
        .chain(
            sides ->
                deductions
                    .withRefunded(
                        tx,
                        order.id(),
                        "refund-failed/" + refund.id(),
                        stillRefunded,
                        sides.merchant)
                    .call(
                        change -> {
                          List<Posting> all = new ArrayList<>();
                          addIfAny(
                              all,
                              TransferReason.REFUND_FAILED,
                              refund.followUpTransferId(),
                              sides.cashAside,
                              sides.merchant,
                              refund.cashMinor());
                          addIfAny(
                              all,
                              TransferReason.REFUND_FAILED,
                              refund.insuranceTransferId(BACK),
                              sides.insuranceAside,
                              sides.merchant,
                              refund.insuranceMinor());
                          all.addAll(change.postings());
                          return journal.post(tx, all);
                        })
                    .chain(change -> deductions.write(tx, change)))
        .chain(() -> orders.writeRefunded(tx, order, stillRefunded, order.refundCount()))
        .chain(() -> repository.writeState(tx, refund.id(), State.FAILED));
  }

  private Uni<Sides> sides(SqlConnection tx, Order order, Channel channel) {
    return Uni.combine()
        .all()
        .unis(
            merchants.accountOf(tx, order.merchantId()),
            systemAccounts.refundsOf(tx, channel),
            systemAccounts.insuranceReversals(tx))
        .with(Sides::new);
  }

  private static void addIfAny(
      List<Posting> all,
      TransferReason reason,
      UUID id,
      @Nullable Long debit,
      @Nullable Long credit,
      long amountMinor) {
    if (amountMinor > 0 && debit != null && credit != null) {
      all.add(reason.posting(id, debit, credit, amountMinor));
    }
  }
}
