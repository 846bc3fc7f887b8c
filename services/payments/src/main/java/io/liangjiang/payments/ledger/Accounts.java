package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.ledger.LedgerAccount.Totals;
import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Opens and reads accounts. */
@ApplicationScoped
public class Accounts {
  private final Database database;
  private final LedgerRepository repository;
  private final InstantSource clock;

  Accounts(Database database, LedgerRepository repository, InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.clock = clock;
  }

  /** Opens an account in a transaction of its own. Errors: ACCOUNT_RESERVED, ACCOUNT_CODE_TAKEN. */
  Uni<LedgerAccount> create(String code, Kind kind, String currencyCode, Guard guard) {
    SystemAccounts.refuse(code);
    return database.inTransaction(tx -> open(tx, code, kind, currencyCode, guard));
  }

  /**
   * Opens an account, or finds the one that has the code and the same properties. Errors:
   * ACCOUNT_CODE_TAKEN.
   *
   * @param guarded whether it may never owe
   */
  public Uni<LedgerAccount> open(
      SqlClient tx, String code, Kind kind, String currencyCode, boolean guarded) {
    return open(tx, code, kind, currencyCode, Guard.of(guarded, false));
  }

  private Uni<LedgerAccount> open(
      SqlClient tx, String code, Kind kind, String currencyCode, Guard guard) {
    var wanted = new LedgerAccount(0, code, kind, currencyCode, guard, Totals.ZERO, now(), null);
    return repository
        .open(tx, wanted)
        .chain(() -> repository.findByCode(tx, code))
        .map(found -> sameAs(wanted, found.getFirst()));
  }

  /** Closes an account for good. Errors: ACCOUNT_NOT_FOUND, ACCOUNT_RESERVED, ACCOUNT_NOT_EMPTY. */
  Uni<LedgerAccount> close(long accountId) {
    return database.inTransaction(
        tx ->
            repository
                .lock(tx, List.of(accountId))
                .map(found -> one(found, accountId))
                .chain(account -> close(tx, account)));
  }

  private Uni<LedgerAccount> close(SqlClient tx, LedgerAccount account) {
    SystemAccounts.refuse(account.code());
    if (account.isClosed()) {
      return Uni.createFrom().item(account);
    }
    if (!account.totals().areEmpty()) {
      throw new ServiceException(
          PaymentsReason.ACCOUNT_NOT_EMPTY, "there is a balance, or something is pending");
    }
    Instant time = now();
    return repository.close(tx, account.id(), time).replaceWith(account.closed(time));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Reads one account. Errors: ACCOUNT_NOT_FOUND. */
  public Uni<LedgerAccount> get(long accountId) {
    return repository.findById(database.client(), accountId).map(found -> one(found, accountId));
  }

  private static LedgerAccount one(List<LedgerAccount> found, long accountId) {
    if (found.isEmpty()) {
      throw new ServiceException(PaymentsReason.ACCOUNT_NOT_FOUND, "no account " + accountId);
    }
    return found.getFirst();
  }

  private static LedgerAccount sameAs(LedgerAccount wanted, LedgerAccount found) {
    boolean same =
        found.kind() == wanted.kind()
            && found.currencyCode().equals(wanted.currencyCode())
            && found.guard() == wanted.guard();
    if (!same) {
      throw new ServiceException(
          PaymentsReason.ACCOUNT_CODE_TAKEN, "the code names an account with other properties");
    }
    return found;
  }
}
