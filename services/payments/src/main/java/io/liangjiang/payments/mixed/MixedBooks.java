package io.liangjiang.payments.mixed;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayment.Purpose;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.collect.Collector;
import io.liangjiang.payments.insurance.InsuranceBureau.Split;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.mixed.MixedPayment.Part;
import io.liangjiang.payments.mixed.MixedPayment.Progress;
import io.liangjiang.payments.mixed.MixedPayment.State;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Writes down what a step came to: the parts' states and the money in one transaction, once. The
 * cash is heard of as of any payment through its channel.
 */
@ApplicationScoped
class MixedBooks implements Collector {
  /** The merchant takes off more than there is to pay in cash. */
  static final String EXCEEDS_CASH = "REDUCTION_EXCEEDS_CASH";

  private static final String DESCRIPTION = "Medical expenses";

  private final Database database;
  private final MixedPaymentRepository repository;
  private final ChannelPayments channelPayments;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final MixedOwner owner;
  private final InstantSource clock;

  MixedBooks(
      Database database,
      MixedPaymentRepository repository,
      ChannelPayments channelPayments,
      SystemAccounts systemAccounts,
      Journal journal,
      MixedOwner owner,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.channelPayments = channelPayments;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.owner = owner;
    this.clock = clock;
  }

  @Override
  public boolean owns(ChannelPayment payment) {
    return payment.mixedPaymentId() != null;
  }

  @Override
  public Uni<Void> collected(SqlConnection tx, ChannelPayment payment) {
    return repository
        .lock(tx, mixedOf(payment))
        .chain(
            mixed ->
                journal
                    .move(
                        tx,
                        systemAccounts.collectedBy(tx, payment.channel()),
                        systemAccounts.mixedClearing(tx),
                        (channel, clearing) ->
                            TransferReason.MIXED_CASH.posting(
                                payment.id(), channel, clearing, payment.amountMinor()))
                    .chain(() -> write(tx, mixed, mixed.progress().withCash(Part.SUCCEEDED))));
  }

  @Override
  public Uni<Void> closed(SqlConnection tx, ChannelPayment payment) {
    return repository
        .lock(tx, mixedOf(payment))
        .chain(
            mixed ->
                write(tx, mixed, mixed.progress().withCash(Part.FAILED).failing("CASH_FAILED")));
  }

  /** The bureau has split the bill; the cash part begins. */
  Uni<Void> split(MixedPayment payment, Split split) {
    return change(
        payment.id(),
        (tx, now) -> {
          if (now.progress().split() != null) {
            return Uni.createFrom().voidItem();
          }
          String refusal = refusal(now, split);
          if (!refusal.isEmpty()) {
            return write(tx, now, now.progress().with(split, false).failing(refusal));
          }
          MixedPayment next = now.at(now.progress().with(split, false));
          long cashMinor = next.fees().wechatPayCashMinor();
          return begin(tx, next, cashMinor)
              .chain(() -> write(tx, now, now.progress().with(split, cashMinor > 0)));
        });
  }

  private static String refusal(MixedPayment payment, Split split) {
    if (split.insuredMinor() == 0) {
      return "NOT_COVERED";
    }
    long cashMinor = split.cashMinor() + payment.bill().addedMinor();
    return cashMinor < payment.bill().reducedMinor() ? EXCEEDS_CASH : "";
  }

  private Uni<Void> begin(SqlConnection tx, MixedPayment payment, long cashMinor) {
    if (cashMinor == 0) {
      return Uni.createFrom().voidItem();
    }
    return channelPayments.begin(
        tx,
        new ChannelPayment(
            payment.cashPaymentId(),
            Purpose.mixedPayment(payment.id()),
            payment.payerId(),
            payment.payerOpenId(),
            payment.cashChannel(),
            DESCRIPTION,
            cashMinor,
            ChannelPayment.State.PENDING,
            Map.of(),
            payment.createTime(),
            payment.expireTime()));
  }

  Uni<Void> placed(MixedPayment payment) {
    return change(payment.id(), (tx, now) -> write(tx, now, now.progress().asPlaced()));
  }

  /** It is not to be paid any more, unless both parts are paid already. */
  Uni<Void> failing(UUID id, String why) {
    return change(
        id,
        (tx, now) ->
            now.progress().isOpen() && !now.progress().isPaid()
                ? write(tx, now, now.progress().failing(why))
                : Uni.createFrom().voidItem());
  }

  /** The bureau owes its part. */
  Uni<Void> settled(MixedPayment payment) {
    return change(
        payment.id(),
        (tx, now) ->
            now.progress().insurance() == Part.CREATED
                ? book(tx, now, true, false, now.progress().withInsurance(Part.SUCCEEDED))
                : Uni.createFrom().voidItem());
  }

  /** The bureau pays nothing, and never will. */
  Uni<Void> declined(MixedPayment payment, String why) {
    return change(
        payment.id(),
        (tx, now) ->
            now.progress().insurance() == Part.CREATED
                ? write(tx, now, now.progress().withInsurance(Part.FAILED).failing(why))
                : Uni.createFrom().voidItem());
  }

  /** The bureau had settled, whether or not that was heard, and has taken it back. */
  Uni<Void> reversed(MixedPayment payment) {
    return change(
        payment.id(),
        (tx, now) ->
            switch (now.progress().insurance()) {
              case CREATED, SUCCEEDED ->
                  book(
                      tx,
                      now,
                      now.progress().insurance() == Part.CREATED,
                      true,
                      now.progress().withInsurance(Part.GIVEN_BACK));
              case NONE, FAILED, GIVEN_BACK -> Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> book(
      SqlConnection tx, MixedPayment now, boolean settled, boolean reversed, Progress progress) {
    long insuredMinor = now.split().insuredMinor();
    return Uni.combine()
        .all()
        .unis(systemAccounts.insuranceReceivable(tx), systemAccounts.mixedClearing(tx))
        .asTuple()
        .chain(
            accounts -> {
              long receivable = accounts.getItem1();
              long clearing = accounts.getItem2();
              List<Posting> postings = new ArrayList<>();
              if (settled) {
                postings.add(
                    TransferReason.INSURANCE_SETTLED.posting(
                        now.id(), receivable, clearing, insuredMinor));
              }
              if (reversed) {
                postings.add(
                    TransferReason.INSURANCE_REVERSED.posting(
                        now.transferId("reversal"), clearing, receivable, insuredMinor));
              }
              return journal.post(tx, postings);
            })
        .chain(() -> write(tx, now, progress));
  }

  /** Both parts are paid. */
  Uni<Void> complete(MixedPayment payment) {
    return change(
        payment.id(),
        (tx, now) ->
            now.progress().isOpen() && now.progress().isPaid()
                ? owner
                    .completed(tx, now)
                    .chain(() -> write(tx, now, now.progress().ended(State.SUCCEEDED)))
                : Uni.createFrom().voidItem());
  }

  Uni<Void> giveCashBack(MixedPayment payment) {
    return change(
        payment.id(),
        (tx, now) ->
            now.progress().cash() == Part.SUCCEEDED
                ? owner
                    .cashUnwanted(tx, now)
                    .chain(() -> write(tx, now, now.progress().withCash(Part.GIVEN_BACK)))
                : Uni.createFrom().voidItem());
  }

  Uni<Void> end(MixedPayment payment) {
    return change(
        payment.id(),
        (tx, now) ->
            now.progress().isOpen()
                ? owner
                    .ended(tx, now)
                    .chain(() -> write(tx, now, now.progress().ended(State.FAILED)))
                : Uni.createFrom().voidItem());
  }

  private Uni<Void> change(UUID id, BiFunction<SqlConnection, MixedPayment, Uni<Void>> change) {
    return database.inTransaction(
        tx -> repository.lock(tx, id).chain(now -> change.apply(tx, now)));
  }

  /** The sweep goes on at once: news of one part may be what the other waits for. */
  private Uni<Void> write(SqlConnection tx, MixedPayment now, Progress progress) {
    return repository.write(tx, now.at(progress), clock.instant());
  }

  private static UUID mixedOf(ChannelPayment payment) {
    UUID id = payment.mixedPaymentId();
    if (id == null) {
      throw new IllegalArgumentException("not the cash part of anything");
    }
    return id;
  }
}
