package io.liangjiang.sandbox.insurance;

import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan.Insurance;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.insurance.Settlement.State;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The bureau's books: one settlement a number, settled once, reversed once. */
@Singleton
public final class InsuranceBooks {
  private static final int WHOLE = 100;

  private final Store store;
  private final Faults faults;
  private final InstantSource clock;

  InsuranceBooks(Store store, Faults faults, InstantSource clock) {
    this.store = store;
    this.faults = faults;
    this.clock = clock;
  }

  private record Coverage(int gov, int account, int other) {}

  /**
   * Splits a bill, or finds the split of the number. Errors: 409 SETTLEMENT_NUMBER_USED, 400
   * INVALID_AUTHORIZATION.
   */
  Settlement split(SettlementRequest request) {
    request.check();
    return store.inTransaction(
        tx -> {
          Optional<Settlement> known = find(tx, request.settlementNumber());
          if (known.isEmpty()) {
            insert(tx, request);
          }
          Settlement settlement = find(tx, request.settlementNumber()).orElseThrow();
          if (!settlement.isSameAs(request)) {
            throw new SandboxException(
                409, "SETTLEMENT_NUMBER_USED", "the number is another bill's");
          }
          return settlement;
        });
  }

  /** One settlement. Errors: 404 SETTLEMENT_NOT_FOUND. */
  Settlement get(String settlementNumber) {
    return store.inTransaction(
        tx -> {
          Settlement settlement = require(tx, settlementNumber);
          return settlement.asked() ? decide(tx, settlement) : settlement;
        });
  }

  /**
   * Takes a settlement back: REVERSED when it was settled, CANCELLED when it never was, DECLINED
   * when there was nothing. Errors: 404 SETTLEMENT_NOT_FOUND, 409 REVERSAL_REFUSED.
   */
  Settlement reverse(String settlementNumber) {
    return store.inTransaction(
        tx -> {
          Settlement settlement = require(tx, settlementNumber);
          if (settlement.state() == State.SETTLED) {
            refuseToReverse();
            return write(tx, settlement, State.REVERSED);
          }
          return settlement.state() == State.CREATED
              ? write(tx, settlement, State.CANCELLED)
              : settlement;
        });
  }

  /** The split that the channel is told of. */
  public Optional<Settlement> ofPayOrder(String payOrderId) {
    return store.inTransaction(tx -> findByPayOrder(tx, payOrderId));
  }

  /** The channel asks to settle. Empty when it hears no answer, though it may have been done. */
  public Optional<Settlement> settle(String payOrderId) {
    Insurance fault = faults.now().insurance();
    if (fault == Insurance.FAIL) {
      return Optional.empty();
    }
    Optional<Settlement> settled =
        store.inTransaction(
            tx -> {
              tx.update(
                  "update insurance_settlement set asked = true where pay_order_id = ?",
                  payOrderId);
              return findByPayOrder(tx, payOrderId).map(found -> decide(tx, found));
            });
    return fault == Insurance.LOSE ? Optional.empty() : settled;
  }

  private void insert(Tx tx, SettlementRequest request) {
    Coverage coverage =
        tx.first(
                "select * from insurance_authorization where pay_auth_no = ? and expires_at > ?",
                row ->
                    new Coverage(
                        row.getInt("gov_percent"),
                        row.getInt("account_percent"),
                        row.getInt("other_percent")),
                request.payAuthNo(),
                clock.instant())
            .orElseThrow(
                () ->
                    new SandboxException(
                        400, "INVALID_AUTHORIZATION", "nobody allowed this, or it is too old"));
    long total = request.totalFen();
    long gov = total * coverage.gov / WHOLE;
    long account = total * coverage.account / WHOLE;
    long other = total * coverage.other / WHOLE;
    tx.update(
        "insert into insurance_settlement (settlement_number, pay_order_id, pay_auth_no,"
            + " institution, total_fen, gov_fen, self_fen, other_fen, cash_fen, state, created_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'CREATED', ?)"
            + " on conflict (settlement_number) do nothing",
        request.settlementNumber(),
        "ORD" + UUID.randomUUID().toString().replace("-", ""),
        request.payAuthNo(),
        request.institution(),
        total,
        gov,
        account,
        other,
        total - gov - account - other,
        clock.instant());
  }

  private Settlement decide(Tx tx, Settlement settlement) {
    Insurance fault = faults.now().insurance();
    if (settlement.state() != State.CREATED || fault == Insurance.SLOW) {
      return settlement;
    }
    return write(tx, settlement, fault == Insurance.DECLINE ? State.DECLINED : State.SETTLED);
  }

  private void refuseToReverse() {
    if (faults.now().insurance() == Insurance.KEEP) {
      throw new SandboxException(409, "REVERSAL_REFUSED", "what was settled stays so");
    }
  }

  private Settlement write(Tx tx, Settlement settlement, State state) {
    Instant now = clock.instant();
    tx.update(
        "update insurance_settlement set state = ?,"
            + " settled_at = coalesce(settled_at, ?), reversed_at = ?"
            + " where settlement_number = ?",
        state.name(),
        state == State.SETTLED ? now : null,
        state == State.REVERSED ? now : null,
        settlement.settlementNumber());
    return require(tx, settlement.settlementNumber());
  }

  private static Settlement require(Tx tx, String settlementNumber) {
    return find(tx, settlementNumber)
        .orElseThrow(() -> new SandboxException(404, "SETTLEMENT_NOT_FOUND", "no such settlement"));
  }

  private static Optional<Settlement> find(Tx tx, String settlementNumber) {
    return tx.first(
        "select * from insurance_settlement where settlement_number = ? for update",
        Settlement::of,
        settlementNumber);
  }

  private static Optional<Settlement> findByPayOrder(Tx tx, String payOrderId) {
    return tx.first(
        "select * from insurance_settlement where pay_order_id = ? for update",
        Settlement::of,
        payOrderId);
  }
}
