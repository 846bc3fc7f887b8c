package io.liangjiang.payments.wallet;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayment.Purpose;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.collect.Collector;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.payer.Payer;
import io.liangjiang.payments.payer.Payers;
import io.liangjiang.payments.v1.CreateTopUpRequest;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.TopUpSucceeded;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fills wallets through channels. */
@ApplicationScoped
public class TopUps implements Collector {
  private static final long MAX_MINOR = 5_000_000;
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final String DESCRIPTION = "Liangjiang wallet top-up";

  private final Database database;
  private final Idempotency idempotency;
  private final Payers payers;
  private final ChannelPayments payments;
  private final Wallets wallets;
  private final SystemAccounts systemAccounts;
  private final Outbox outbox;
  private final InstantSource clock;

  TopUps(
      Database database,
      Idempotency idempotency,
      Payers payers,
      ChannelPayments payments,
      Wallets wallets,
      SystemAccounts systemAccounts,
      Outbox outbox,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.payers = payers;
    this.payments = payments;
    this.wallets = wallets;
    this.systemAccounts = systemAccounts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Starts a top-up, or goes on with the one that the request id started. */
  Uni<ChannelPayment> create(Caller caller, CreateTopUpRequest request) {
    long amountMinor = Amounts.positiveMinor(request.getAmount(), MAX_MINOR);
    return payers
        .of(caller, request.getChannel())
        .chain(
            payer ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    TopUp.getDefaultInstance(),
                    tx -> begin(tx, topUp(caller, payer, request, amountMinor))))
        .map(begun -> UUID.fromString(begun.getTopUpId()))
        .chain(id -> get(caller, id).chain(payments::prepare).chain(() -> get(caller, id)));
  }

  /** The caller's own top-up. Errors: TOP_UP_NOT_FOUND. */
  Uni<ChannelPayment> get(Caller caller, UUID topUpId) {
    return payments.find(database.client(), topUpId).map(found -> ownOf(caller, found));
  }

  @Override
  public boolean owns(ChannelPayment payment) {
    return payment.isTopUp();
  }

  @Override
  public Uni<Void> collected(SqlConnection tx, ChannelPayment payment) {
    var movement = new Movement(payment.id(), payment.id(), payment.amountMinor());
    return systemAccounts
        .collectedBy(tx, payment.channel())
        .chain(
            account ->
                wallets.give(tx, payment.payerId(), account, TransferReason.TOP_UP, movement))
        .chain(
            () ->
                outbox.append(
                    tx, "payments.TopUpSucceeded", payment.id().toString(), succeeded(payment)));
  }

  private static TopUpSucceeded succeeded(ChannelPayment payment) {
    return TopUpSucceeded.newBuilder()
        .setTopUpId(payment.id().toString())
        .setCitizenId(payment.payerId().toString())
        .setAmount(Amounts.cny(payment.amountMinor()))
        .build();
  }

  @Override
  public Uni<Void> closed(SqlConnection tx, ChannelPayment payment) {
    return Uni.createFrom().voidItem();
  }

  private Uni<TopUp> begin(SqlConnection tx, ChannelPayment payment) {
    return payments.begin(tx, payment).replaceWith(() -> WalletProto.topUp(payment));
  }

  private ChannelPayment topUp(
      Caller caller, Payer payer, CreateTopUpRequest request, long amountMinor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new ChannelPayment(
        TimeOrderedId.next(clock),
        Purpose.TOP_UP,
        UUID.fromString(caller.subject()),
        payer.openId(),
        request.getChannel(),
        DESCRIPTION,
        amountMinor,
        ChannelPayment.State.PENDING,
        Map.of(),
        now,
        now.plus(LIFE));
  }

  private static ChannelPayment ownOf(Caller caller, List<ChannelPayment> found) {
    return found.stream()
        .filter(p -> p.isTopUp() && p.payerId().toString().equals(caller.subject()))
        .findFirst()
        .orElseThrow(() -> new ServiceException(PaymentsReason.TOP_UP_NOT_FOUND, "no such top-up"));
  }
}
