package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.payments.v1.Channel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

/** Accounts of the city's own, opened when first needed. */
@ApplicationScoped
public class SystemAccounts {
  private final Accounts accounts;

  SystemAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Money that a channel has collected and not yet paid out. */
  public Uni<Long> collectedBy(SqlClient tx, Channel channel) {
    return open(tx, "channel/" + channel.name(), Kind.ASSET, false);
  }

  /** Money on its way back through a channel. */
  public Uni<Long> refundsOf(SqlClient tx, Channel channel) {
    return open(tx, "channel/" + channel.name() + "/refunds", Kind.LIABILITY, true);
  }

  private Uni<Long> open(SqlClient tx, String code, Kind kind, boolean guarded) {
    return accounts.open(tx, code, kind, Amounts.CURRENCY, guarded).map(LedgerAccount::id);
  }
}
