package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.payments.v1.TrialBalance;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/**
 * Checks the books: the totals of both sides, and every kept total against the fold of its
 * transfers. It reads the whole journal, in one statement and so in one snapshot; it is for
 * auditors, not for screens.
 */
@ApplicationScoped
public class TrialBalances {
  /** Posted is what is plain (null), a post (3) or a reversal (6): Transfer.Kind. */
  private static final String READ =
      """
      with side as (
        select debit_account_id as account_id, amount_minor as debits, 0 as credits,
          0 as pending_debits, 0 as pending_credits
        from transfer where kind is null or kind in (3, 6)
        union all
        select credit_account_id, 0, amount_minor, 0, 0
        from transfer where kind is null or kind in (3, 6)
        union all
        select debit_account_id, 0, 0, amount_minor, 0
        from transfer join pending_transfer using (transfer_id) where open
        union all
        select credit_account_id, 0, 0, 0, amount_minor
        from transfer join pending_transfer using (transfer_id) where open
      ),
      fold as (
        select account_id, sum(debits) as debits, sum(credits) as credits,
          sum(pending_debits) as pending_debits, sum(pending_credits) as pending_credits
        from side group by account_id
      )
      select kind, currency_code, count(*) as accounts,
        sum(debits_minor)::bigint as debits, sum(credits_minor)::bigint as credits,
        bool_and(debits_minor = coalesce(fold.debits, 0)
          and credits_minor = coalesce(fold.credits, 0)
          and debits_pending_minor = coalesce(fold.pending_debits, 0)
          and credits_pending_minor = coalesce(fold.pending_credits, 0)) as matches,
        (select count(*) from fold where account_id not in (select account_id from account)) as strays
      from account left join fold using (account_id)
      group by kind, currency_code order by kind, currency_code
      """;

  private final Database database;
  private final InstantSource clock;

  TrialBalances(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The balance as of now. */
  public Uni<TrialBalance> read() {
    return database.client().query(READ).execute().map(this::balance);
  }

  private TrialBalance balance(RowSet<Row> rows) {
    var balance = TrialBalance.newBuilder().setReadTime(ProtoTime.timestamp(clock.instant()));
    long sum = 0;
    boolean matches = true;
    for (Row row : rows) {
      long debits = row.getLong("debits");
      long credits = row.getLong("credits");
      sum += debits - credits;
      matches &= row.getBoolean("matches") && row.getLong("strays") == 0;
      balance
          .addLinesBuilder()
          .setKind(Kind.forNumber(row.getShort("kind")))
          .setCurrencyCode(row.getString("currency_code"))
          .setAccountCount(row.getLong("accounts"))
          .setDebitsMinor(debits)
          .setCreditsMinor(credits);
    }
    return balance.setSumMinor(sum).setBalancesMatchJournal(matches).build();
  }
}
