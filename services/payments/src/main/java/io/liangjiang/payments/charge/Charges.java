package io.liangjiang.payments.charge;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deductions.Paid;
import io.liangjiang.payments.deduction.WalletCollections;
import io.liangjiang.payments.deduction.WalletCollections.Due;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.Charge.State;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.payments.wallet.Wallets.Taking;
import io.liangjiang.platform.batch.BatchWriter;
import io.liangjiang.platform.batch.OnceEach;
import io.liangjiang.platform.batch.OnceEach.Claimed;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.RequestClaim;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Charges wallets; an empty wallet is an answer, not an error. Charges that arrive while a
 * transaction commits share the next one.
 */
@ApplicationScoped
class Charges {
  private static final int MAX_WAITING = 4_096;
  private static final int MAX_A_BATCH = 512;

  private final OnceEach once;
  private final ChargeRepository repository;
  private final Merchants merchants;
  private final WalletCollections collections;
  private final InstantSource clock;
  private final BatchWriter<Claimed<Wanted>, Charge> writer;

  Charges(
      Vertx vertx,
      Database database,
      OnceEach once,
      ChargeRepository repository,
      Merchants merchants,
      WalletCollections collections,
      InstantSource clock) {
    this.once = once;
    this.repository = repository;
    this.merchants = merchants;
    this.collections = collections;
    this.clock = clock;
    this.writer =
        new BatchWriter<>(
            vertx,
            MAX_WAITING,
            MAX_A_BATCH,
            requests -> database.inTransaction(tx -> createAll(tx, requests)));
  }

  /** A charge that is to be made. */
  record Wanted(UUID chargeId, String createdBy, CreateChargeRequest request) {
    UUID payerId() {
      return UUID.fromString(request.getPayerCitizenId());
    }

    long amountMinor() {
      return request.getAmount().getAmountMinor();
    }

    private Made made(State state, Instant now) {
      var charge =
          Charge.newBuilder()
              .setChargeId(chargeId.toString())
              .setPayerCitizenId(request.getPayerCitizenId())
              .setMerchantId(request.getMerchantId())
              .setBusinessReference(request.getBusinessReference())
              .setDescription(request.getDescription())
              .setAmount(request.getAmount())
              .setState(state)
              .setCreateTime(ProtoTime.timestamp(now))
              .build();
      return new Made(this, charge, now);
    }
  }

  /** A charge for a merchant that is active. */
  private record Payable(Wanted wanted, Merchant merchant) {
    private Due due() {
      var paid = new Paid(wanted.chargeId, merchant, wanted.amountMinor());
      return new Due(paid, wanted.payerId(), TransferReason.CHARGE, null);
    }
  }

  /** A charge that was made. */
  record Made(Wanted wanted, Charge charge, Instant time) {}

  /** Errors: MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED, REQUEST_ID_REUSED, OVERLOADED. */
  Uni<Charge> create(Caller caller, CreateChargeRequest request) {
    var wanted = new Wanted(TimeOrderedId.next(clock), caller.subject(), request);
    return writer
        .submit(new Claimed<>(RequestClaim.of(caller, request.getRequestId(), request), wanted))
        .onFailure(OnceEach::isKnownMeanwhile)
        .retry()
        .atMost(1);
  }

  private Uni<List<Outcome<Charge>>> createAll(SqlConnection tx, List<Claimed<Wanted>> requests) {
    return once.run(
        tx,
        requests,
        Charge.getDefaultInstance(),
        wanted ->
            merchants
                .findAll(
                    tx,
                    wanted.stream()
                        .map(each -> each.request().getMerchantId())
                        .collect(Collectors.toSet()))
                .chain(found -> charge(tx, wanted, found)));
  }

  private Uni<List<Outcome<Charge>>> charge(
      SqlConnection tx, List<Wanted> wanted, Map<String, Merchant> found) {
    Map<UUID, Outcome<Charge>> outcomes = new HashMap<>();
    List<Payable> payable = new ArrayList<>();
    for (Wanted each : wanted) {
      try {
        payable.add(new Payable(each, active(found.get(each.request().getMerchantId()), each)));
      } catch (ServiceException refusal) {
        outcomes.put(each.chargeId(), Outcome.refused(refusal));
      }
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return collections
        .take(tx, payable.stream().map(Payable::due).toList())
        .map(taken -> made(payable, taken, outcomes, now))
        .call(made -> repository.insert(tx, made))
        .invoke(
            made ->
                made.forEach(
                    each -> outcomes.put(each.wanted().chargeId(), Outcome.done(each.charge()))))
        .replaceWith(() -> wanted.stream().map(each -> outcomes.get(each.chargeId())).toList());
  }

  private static Merchant active(@Nullable Merchant merchant, Wanted wanted) {
    if (merchant == null) {
      throw Merchants.notFound(wanted.request().getMerchantId());
    }
    merchant.requireActive();
    return merchant;
  }

  /** Charges that succeeded or met an empty wallet; other refusals go to the outcomes. */
  private static List<Made> made(
      List<Payable> payable,
      List<Outcome<Taking>> taken,
      Map<UUID, Outcome<Charge>> outcomes,
      Instant now) {
    List<Made> made = new ArrayList<>();
    for (int i = 0; i < payable.size(); i++) {
      Wanted wanted = payable.get(i).wanted();
      switch (taken.get(i)) {
        case Outcome.Done<Taking> done -> made.add(wanted.made(State.SUCCESS, now));
        case Outcome.Refused<Taking>(var refusal) -> {
          if (refusal.reason() == PaymentsReason.INSUFFICIENT_FUNDS) {
            made.add(wanted.made(State.PAY_FAIL, now));
          } else {
            outcomes.put(wanted.chargeId(), Outcome.refused(refusal));
          }
        }
      }
    }
    return made;
  }
}
