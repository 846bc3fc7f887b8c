package io.liangjiang.payments.charge;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.Charge.State;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.payments.wallet.Wallets;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Charges wallets; an empty wallet is an answer, not an error. */
@ApplicationScoped
class Charges {
  private static final String INSERT =
      """
      insert into charge (charge_id, payer_citizen_id, merchant_id, created_by, business_reference,
        description, amount_minor, state, create_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  private final Idempotency idempotency;
  private final Merchants merchants;
  private final Deductions deductions;
  private final Wallets wallets;
  private final InstantSource clock;

  Charges(
      Idempotency idempotency,
      Merchants merchants,
      Deductions deductions,
      Wallets wallets,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.merchants = merchants;
    this.deductions = deductions;
    this.wallets = wallets;
    this.clock = clock;
  }

  Uni<Charge> create(Caller caller, CreateChargeRequest request) {
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        Charge.getDefaultInstance(),
        tx -> charge(tx, caller, request));
  }

  private Uni<Charge> charge(SqlConnection tx, Caller caller, CreateChargeRequest request) {
    UUID chargeId = TimeOrderedId.next(clock);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return merchants
        .requireActive(tx, request.getMerchantId())
        .chain(merchant -> take(tx, request, chargeId, merchant))
        .call(state -> insert(tx, caller, request, new Made(chargeId, state, now)))
        .map(state -> proto(request, new Made(chargeId, state, now)));
  }

  private Uni<State> take(
      SqlConnection tx, CreateChargeRequest request, UUID chargeId, Merchant merchant) {
    var movement = new Movement(chargeId, chargeId, request.getAmount().getAmountMinor());
    UUID payer = UUID.fromString(request.getPayerCitizenId());
    return deductions
        .withCharge(tx, chargeId, merchant, movement.amountMinor())
        .call(
            change ->
                wallets.take(
                    tx,
                    payer,
                    merchant.accountId(),
                    TransferReason.CHARGE,
                    movement,
                    change.postings()))
        .call(change -> deductions.write(tx, change))
        .replaceWith(State.SUCCESS)
        .onFailure(Charges::isPoor)
        .recoverWithItem(State.PAY_FAIL);
  }

  private static boolean isPoor(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == PaymentsReason.INSUFFICIENT_FUNDS;
  }

  private record Made(UUID chargeId, State state, Instant time) {}

  private static Uni<Void> insert(
      SqlConnection tx, Caller caller, CreateChargeRequest request, Made made) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    made.chargeId,
                    UUID.fromString(request.getPayerCitizenId()),
                    request.getMerchantId(),
                    caller.subject(),
                    request.getBusinessReference(),
                    request.getDescription(),
                    request.getAmount().getAmountMinor(),
                    made.state.getNumber(),
                    ProtoTime.database(made.time))))
        .replaceWithVoid();
  }

  private static Charge proto(CreateChargeRequest request, Made made) {
    return Charge.newBuilder()
        .setChargeId(made.chargeId.toString())
        .setPayerCitizenId(request.getPayerCitizenId())
        .setMerchantId(request.getMerchantId())
        .setBusinessReference(request.getBusinessReference())
        .setDescription(request.getDescription())
        .setAmount(request.getAmount())
        .setState(made.state)
        .setCreateTime(ProtoTime.timestamp(made.time))
        .build();
  }
}
