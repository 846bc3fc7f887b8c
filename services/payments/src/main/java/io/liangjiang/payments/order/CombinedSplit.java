package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.Collector;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.deduction.Deductions.Change;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.wallet.Wallets;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.payments.wallet.Wallets.Taking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Books the money of a combined order: one transfer brings the whole into the clearing account, one
 * a part takes it on to the merchant, with fees and shares; all of them or none.
 */
@ApplicationScoped
class CombinedSplit implements Collector {
  private final CombinedOrderRepository repository;
  private final OrderRepository parts;
  private final RefundRepository refunds;
  private final OrderNews news;
  private final Merchants merchants;
  private final Deductions deductions;
  private final Wallets wallets;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  CombinedSplit(
      CombinedOrderRepository repository,
      OrderRepository parts,
      RefundRepository refunds,
      OrderNews news,
      Merchants merchants,
      Deductions deductions,
      Wallets wallets,
      SystemAccounts systemAccounts,
      Journal journal,
      InstantSource clock) {
    this.repository = repository;
    this.parts = parts;
    this.refunds = refunds;
    this.news = news;
    this.merchants = merchants;
    this.deductions = deductions;
    this.wallets = wallets;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.clock = clock;
  }

  /** What each part needs booked and written. */
  private record Split(
      long clearing, List<Order> parts, List<Posting> postings, List<Change> rest) {}

  /** Pays a locked combined order from the wallet. Errors: INSUFFICIENT_FUNDS. */
  Uni<CombinedOrder> fromWallet(SqlConnection tx, CombinedOrder whole) {
    var movement = new Movement(whole.id(), whole.id(), whole.amountMinor(), whole.delegateId());
    return split(tx, whole.id())
        .call(
            split ->
                wallets.take(
                    tx,
                    new Taking(
                        whole.payerId(),
                        split.clearing,
                        TransferReason.COMBINED_PAYMENT,
                        movement,
                        split.postings)))
        .chain(split -> markPaid(tx, whole, split, Channel.WALLET));
  }

  @Override
  public boolean owns(ChannelPayment payment) {
    return payment.combinedOrderId() != null;
  }

  @Override
  public Uni<Void> collected(SqlConnection tx, ChannelPayment payment) {
    return repository
        .lock(tx, wholeOf(payment))
        .chain(
            whole ->
                whole.isOpen()
                    ? fromChannel(tx, whole, payment)
                    : giveBackLate(tx, whole.id(), payment));
  }

  @Override
  public Uni<Void> closed(SqlConnection tx, ChannelPayment payment) {
    return repository
        .lock(tx, wholeOf(payment))
        .chain(
            whole -> {
              if (whole.state() != State.PENDING) {
                return Uni.createFrom().voidItem();
              }
              CombinedOrder again = whole.in(State.CREATED, Channel.CHANNEL_UNSPECIFIED, null);
              return repository
                  .writeState(tx, again)
                  .chain(() -> parts.lockParts(tx, whole.id()))
                  .chain(() -> repository.writeStateOfParts(tx, again));
            });
  }

  private Uni<Void> fromChannel(SqlConnection tx, CombinedOrder whole, ChannelPayment payment) {
    return split(tx, whole.id())
        .call(
            split ->
                systemAccounts
                    .collectedBy(tx, payment.channel())
                    .chain(
                        channel -> {
                          List<Posting> all = new ArrayList<>();
                          all.add(
                              TransferReason.COMBINED_PAYMENT.posting(
                                  payment.id(), channel, split.clearing, payment.amountMinor()));
                          all.addAll(split.postings);
                          return journal.post(tx, all);
                        }))
        .chain(split -> markPaid(tx, whole, split, payment.channel()))
        .replaceWithVoid();
  }

  private Uni<Split> split(SqlConnection tx, UUID wholeId) {
    return Uni.combine()
        .all()
        .unis(systemAccounts.combinedClearing(tx), parts.lockParts(tx, wholeId))
        .asTuple()
        .chain(
            found -> {
              var split =
                  new Split(
                      found.getItem1(), found.getItem2(), new ArrayList<>(), new ArrayList<>());
              return Multi.createFrom()
                  .iterable(split.parts)
                  .onItem()
                  .transformToUniAndConcatenate(part -> add(tx, split, part))
                  .collect()
                  .last()
                  .replaceWith(split);
            });
  }

  private Uni<Void> add(SqlConnection tx, Split split, Order part) {
    return merchants
        .find(tx, part.merchantId())
        .chain(
            merchant ->
                deductions
                    .withPayment(tx, part.id(), merchant, part.amountMinor())
                    .invoke(
                        change -> {
                          split.postings.add(
                              TransferReason.PAYMENT.posting(
                                  part.id(),
                                  split.clearing,
                                  merchant.accountId(),
                                  part.amountMinor()));
                          split.postings.addAll(change.postings());
                          split.rest.add(change);
                        }))
        .replaceWithVoid();
  }

  private Uni<CombinedOrder> markPaid(
      SqlConnection tx, CombinedOrder whole, Split split, Channel channel) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    CombinedOrder paid = whole.in(State.SUCCEEDED, channel, now);
    return Multi.createFrom()
        .iterable(split.rest)
        .onItem()
        .transformToUniAndConcatenate(change -> deductions.write(tx, change))
        .collect()
        .last()
        .chain(
            () ->
                Multi.createFrom()
                    .iterable(split.parts)
                    .onItem()
                    .transformToUniAndConcatenate(
                        part ->
                            news.markPaid(tx, OrderStates.by(part, whole.delegateId()), channel))
                    .collect()
                    .last())
        .chain(() -> repository.writeState(tx, paid))
        .replaceWith(paid);
  }

  /** It was closed or paid otherwise meanwhile: the money goes straight back, part by part. */
  private Uni<Void> giveBackLate(SqlConnection tx, UUID wholeId, ChannelPayment payment) {
    return parts
        .lockParts(tx, wholeId)
        .chain(
            all ->
                journal
                    .move(
                        tx,
                        systemAccounts.collectedBy(tx, payment.channel()),
                        systemAccounts.refundsOf(tx, payment.channel()),
                        (channel, setAside) ->
                            TransferReason.LATE_PAYMENT.posting(
                                payment.id(), channel, setAside, payment.amountMinor()))
                    .chain(
                        () ->
                            Multi.createFrom()
                                .iterable(all)
                                .onItem()
                                .transformToUniAndConcatenate(
                                    part ->
                                        refunds.insert(
                                            tx,
                                            OrderRefund.latePart(part, payment, clock.instant())))
                                .collect()
                                .last()));
  }

  private static UUID wholeOf(ChannelPayment payment) {
    UUID id = payment.combinedOrderId();
    if (id == null) {
      throw new IllegalArgumentException("not for a combined order");
    }
    return id;
  }
}
