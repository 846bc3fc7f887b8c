package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
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

  /** Opens an account in a transaction of its own. Errors: ACCOUNT_CODE_TAKEN. */
  Uni<LedgerAccount> create(String code, Kind kind, String currencyCode, boolean guarded) {
    return database.inTransaction(tx -> open(tx, code, kind, currencyCode, guarded));
  }

  /**
   * Opens an account, or finds the one that has the code and the same properties. Errors:
   * ACCOUNT_CODE_TAKEN.
   */
  public Uni<LedgerAccount> open(
      SqlClient tx, String code, Kind kind, String currencyCode, boolean guarded) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var wanted = new LedgerAccount(0, code, kind, currencyCode, guarded, 0, 0, now);
    return repository
        .open(tx, wanted)
        .chain(() -> repository.findByCode(tx, code))
        .map(found -> sameAs(wanted, found.getFirst()));
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
            && found.guarded() == wanted.guarded();
    if (!same) {
      throw new ServiceException(
          PaymentsReason.ACCOUNT_CODE_TAKEN, "the code names an account with other properties");
    }
    return found;
  }
}
