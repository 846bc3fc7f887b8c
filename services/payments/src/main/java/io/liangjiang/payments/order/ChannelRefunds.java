package io.liangjiang.payments.order;

import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefundOrder;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.collect.Channels;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Refund.State;
import io.liangjiang.payments.v1.RefundSucceeded;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.events.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes refunds through the channel to their end. The same number is sent at each retry, so that
 * the channel refunds once.
 */
@ApplicationScoped
class ChannelRefunds {
  private static final Logger LOG = Logger.getLogger(ChannelRefunds.class);

  private final Database database;
  private final RefundRepository repository;
  private final OrderRepository orders;
  private final ChannelPayments payments;
  private final Channels channels;
  private final Merchants merchants;
  private final Deductions deductions;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final Outbox outbox;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  ChannelRefunds(
      Database database,
      RefundRepository repository,
      OrderRepository orders,
      ChannelPayments payments,
      Channels channels,
      Merchants merchants,
      Deductions deductions,
      SystemAccounts systemAccounts,
      Journal journal,
      Outbox outbox) {
    this.database = database;
    this.repository = repository;
    this.orders = orders;
    this.payments = payments;
    this.channels = channels;
    this.merchants = merchants;
    this.deductions = deductions;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.outbox = outbox;
  }

  /**
   * Asks the channel for a pending refund, and answers with the refund as it then stands; the sweep
   * goes on from there.
   */
  Uni<OrderRefund> drive(UUID refundId) {
    return repository
        .find(database.client(), refundId)
        .map(List::getFirst)
        .call(refund -> refund.isPending() ? ask(refund) : Uni.createFrom().voidItem())
        .chain(() -> repository.find(database.client(), refundId))
        .map(List::getFirst);
  }

  /** Marks a refund as arrived and says so, in the transaction that books it. */
  Uni<OrderRefund> succeed(SqlConnection tx, Order order, OrderRefund refund) {
    var event =
        RefundSucceeded.newBuilder()
            .setRefundId(refund.id().toString())
            .setPaymentOrderId(order.id().toString())
            .setBusinessReference(order.businessReference())
            .setAmount(Amounts.cny(refund.amountMinor()))
            .setCreatedBy(order.createdBy())
            .build();
    return repository
        .writeState(tx, refund.id(), State.SUCCEEDED)
        .chain(
            () ->
                refund.late()
                    ? Uni.createFrom().voidItem()
                    : outbox.append(tx, "payments.RefundSucceeded", refund.id().toString(), event))
        .chain(() -> repository.find(tx, refund.id()))
        .map(List::getFirst);
  }

  /** Applies what the channel's books say of a refund; says nothing twice. */
  Uni<Void> apply(UUID refundId, ChannelRefund said) {
    return switch (said.state()) {
      case SUCCESS, CLOSED, ABNORMAL ->
          database.inTransaction(tx -> end(tx, refundId, said.state()));
      case PROCESSING, UNKNOWN -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> ask(OrderRefund refund) {
    return payments
        .find(database.client(), attemptOf(refund))
        .map(List::getFirst)
        .chain(attempt -> channels.get(attempt.channel()).refund(order(refund, attempt)))
        .chain(said -> apply(refund.id(), said))
        .onFailure()
        .invoke(failure -> LOG.warnf("refund %s: %s", refund.id(), failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private static ChannelRefundOrder order(OrderRefund refund, ChannelPayment attempt) {
    return new ChannelRefundOrder(
        attempt.id().toString().replace("-", ""),
        refund.outRefundNo(),
        attempt.amountMinor(),
        refund.amountMinor(),
        refund.reason());
  }

  private Uni<Void> end(SqlConnection tx, UUID refundId, RefundState said) {
    return repository
        .find(tx, refundId)
        .chain(found -> found.isEmpty() ? notOurs() : endKnown(tx, found.getFirst(), said));
  }

  private static Uni<Void> notOurs() {
    LOG.warn("a channel speaks of a refund that is not ours");
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> endKnown(SqlConnection tx, OrderRefund known, RefundState said) {
    return orders
        .lock(tx, known.orderId())
        .chain(
            order ->
                repository
                    .lock(tx, known.id())
                    .map(List::getFirst)
                    .chain(refund -> endLocked(tx, order, refund, said)));
  }

  private Uni<Void> endLocked(SqlConnection tx, Order order, OrderRefund refund, RefundState said) {
    if (!refund.isPending()) {
      return Uni.createFrom().voidItem();
    }
    return payments
        .find(tx, attemptOf(refund))
        .map(List::getFirst)
        .chain(
            attempt ->
                said == RefundState.SUCCESS
                    ? leave(tx, refund, attempt)
                        .chain(() -> succeed(tx, order, refund))
                        .replaceWithVoid()
                    : fail(tx, order, refund, attempt));
  }

  /** The channel has given the money back: it leaves the books. */
  private Uni<Void> leave(SqlConnection tx, OrderRefund refund, ChannelPayment attempt) {
    return journal.move(
        tx,
        systemAccounts.refundsOf(tx, attempt.channel()),
        systemAccounts.collectedBy(tx, attempt.channel()),
        (setAside, channel) ->
            TransferReason.REFUND.posting(
                refund.followUpTransferId(), setAside, channel, refund.amountMinor()));
  }

  /**
   * The channel refused for good: the merchant has the money again, unless nobody had asked for it
   * back.
   */
  private Uni<Void> fail(
      SqlConnection tx, Order order, OrderRefund refund, ChannelPayment attempt) {
    LOG.errorf("refund %s was refused by the channel", refund.id());
    if (refund.late()) {
      return repository.writeState(tx, refund.id(), State.FAILED);
    }
    long stillRefunded = order.refundedMinor() - refund.amountMinor();
    return Uni.combine()
        .all()
        .unis(
            systemAccounts.refundsOf(tx, attempt.channel()),
            merchants.accountOf(tx, order.merchantId()))
        .asTuple()
        .chain(
            accounts -> {
              long merchant = accounts.getItem2();
              var back =
                  TransferReason.REFUND_FAILED.posting(
                      refund.followUpTransferId(),
                      accounts.getItem1(),
                      merchant,
                      refund.amountMinor());
              return deductions
                  .withRefunded(
                      tx, order.id(), "refund-failed/" + refund.id(), stillRefunded, merchant)
                  .call(
                      change ->
                          journal.post(
                              tx,
                              Stream.concat(Stream.of(back), change.postings().stream()).toList()))
                  .chain(change -> deductions.write(tx, change));
            })
        .chain(() -> orders.writeRefunded(tx, order, stillRefunded, order.refundCount()))
        .chain(() -> repository.writeState(tx, refund.id(), State.FAILED));
  }

  private static UUID attemptOf(OrderRefund refund) {
    UUID attempt = refund.channelPaymentId();
    if (attempt == null) {
      throw new IllegalStateException("a refund to the wallet is never pending");
    }
    return attempt;
  }
}
