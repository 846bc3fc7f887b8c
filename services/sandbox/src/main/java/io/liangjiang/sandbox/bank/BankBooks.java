package io.liangjiang.sandbox.bank;

import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.bank.BankPayout.State;
import io.liangjiang.sandbox.fault.FaultPlan.Bank;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The bank's books: a payout once a number, decided when it may be. */
@Singleton
final class BankBooks {
  /** The bank knows accounts whose number ends so as closed. */
  private static final String CLOSED_ENDING = "9999";

  private final Store store;
  private final Faults faults;
  private final InstantSource clock;

  BankBooks(Store store, Faults faults, InstantSource clock) {
    this.store = store;
    this.faults = faults;
    this.clock = clock;
  }

  /** Totals of the books, fen. */
  record Totals(long payouts, long paidFen, long processing, long refused) {}

  /** Takes a payout, or goes on with the one of the number. Errors: 409 PAYOUT_NUMBER_USED. */
  BankPayout pay(PayoutRequest request) {
    request.check();
    return store.inTransaction(
        tx -> {
          tx.update(
              "insert into bank_payout (payout_number, bank_reference, bank_code, account_number,"
                  + " account_name, amount_fen, state, created_at)"
                  + " values (?, ?, ?, ?, ?, ?, 'PROCESSING', ?)"
                  + " on conflict (payout_number) do nothing",
              request.payoutNumber(),
              "B" + UUID.randomUUID().toString().replace("-", ""),
              request.bankCode(),
              request.accountNumber(),
              request.accountName(),
              request.amountFen(),
              clock.instant());
          BankPayout payout = find(tx, request.payoutNumber(), " for update").orElseThrow();
          if (!payout.isSameAs(request)) {
            throw new SandboxException(409, "PAYOUT_NUMBER_USED", "the number is another payout's");
          }
          return payout.state() == State.PROCESSING ? decide(tx, payout) : payout;
        });
  }

  /** One payout, for testers. Errors: 404 PAYOUT_NOT_FOUND. */
  BankPayout get(String payoutNumber) {
    return store
        .inTransaction(tx -> find(tx, payoutNumber, ""))
        .orElseThrow(() -> new SandboxException(404, "PAYOUT_NOT_FOUND", "no such payout"));
  }

  Totals totals() {
    return store.inTransaction(
        tx ->
            tx.first(
                    "select count(*), coalesce(sum(amount_fen) filter (where state = 'PAID'), 0),"
                        + " count(*) filter (where state = 'PROCESSING'),"
                        + " count(*) filter (where state = 'REFUSED') from bank_payout",
                    row ->
                        new Totals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .orElseThrow());
  }

  private BankPayout decide(Tx tx, BankPayout payout) {
    Bank fault = faults.now().bank();
    if (fault == Bank.SLOW) {
      return payout;
    }
    String refusal = fault == Bank.REFUSE ? "REFUSED_BY_BANK" : refusalOf(payout);
    State state = refusal.isEmpty() ? State.PAID : State.REFUSED;
    tx.update(
        "update bank_payout set state = ?, refusal = ?, ended_at = ? where payout_number = ?",
        state.name(),
        refusal,
        clock.instant(),
        payout.payoutNumber());
    return find(tx, payout.payoutNumber(), "").orElseThrow();
  }

  private static String refusalOf(BankPayout payout) {
    return payout.accountNumber().endsWith(CLOSED_ENDING) ? "ACCOUNT_CLOSED" : "";
  }

  private static Optional<BankPayout> find(Tx tx, String payoutNumber, String lock) {
    return tx.first(
        "select * from bank_payout where payout_number = ?" + lock, BankPayout::of, payoutNumber);
  }
}
