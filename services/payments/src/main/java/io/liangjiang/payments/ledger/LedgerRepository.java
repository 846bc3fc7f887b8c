package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The ledger's SQL: a fixed number of statements however many items. */
@ApplicationScoped
class LedgerRepository {
  private static final String ACCOUNT =
      "account_id, code, kind, currency_code, guarded, debits_minor, credits_minor, create_time";
  private static final String OPEN =
      """
      insert into account (code, kind, currency_code, guarded, create_time)
      values ($1, $2, $3, $4, $5) on conflict (code) do nothing
      """;
  private static final String LOCK =
      "select "
          + ACCOUNT
          + " from account where account_id = any ($1) order by account_id"
          + " for no key update";
  private static final String BY_ID = "select " + ACCOUNT + " from account where account_id = $1";
  private static final String BY_CODE = "select " + ACCOUNT + " from account where code = $1";
  private static final String TRANSFERS =
      """
      select transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code, create_time
      from transfer where transfer_id = any ($1)
      """;
  private static final String BOOK =
      """
      insert into transfer
        (transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code, create_time)
      select *, $6::timestamptz
      from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[])
      """;
  private static final String TOTALS =
      """
      update account set debits_minor = new.debits, credits_minor = new.credits
      from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as new (id, debits, credits)
      where account_id = new.id
      """;

  Uni<Void> open(SqlClient tx, LedgerAccount account) {
    return tx.preparedQuery(OPEN)
        .execute(
            Tuple.of(
                account.code(),
                account.kind().getNumber(),
                account.currencyCode(),
                account.guarded(),
                ProtoTime.database(account.createTime())))
        .replaceWithVoid();
  }

  Uni<List<LedgerAccount>> lock(SqlClient tx, Collection<Long> ids) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of((Object) ids.toArray(Long[]::new)))
        .map(LedgerRepository::accounts);
  }

  Uni<List<LedgerAccount>> findById(SqlClient client, long id) {
    return client.preparedQuery(BY_ID).execute(Tuple.of(id)).map(LedgerRepository::accounts);
  }

  Uni<List<LedgerAccount>> findByCode(SqlClient client, String code) {
    return client.preparedQuery(BY_CODE).execute(Tuple.of(code)).map(LedgerRepository::accounts);
  }

  Uni<List<LedgerTransfer>> findTransfers(SqlClient client, Collection<UUID> ids) {
    return client
        .preparedQuery(TRANSFERS)
        .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(LedgerRepository::transfer)
                    .toList());
  }

  Uni<Void> book(SqlClient tx, List<LedgerTransfer> transfers) {
    int count = transfers.size();
    var ids = new UUID[count];
    var debits = new Long[count];
    var credits = new Long[count];
    var amounts = new Long[count];
    var reasons = new Integer[count];
    for (int i = 0; i < count; i++) {
      Posting posting = transfers.get(i).posting();
      ids[i] = posting.transferId();
      debits[i] = posting.debitAccountId();
      credits[i] = posting.creditAccountId();
      amounts[i] = posting.amountMinor();
      reasons[i] = posting.reasonCode();
    }
    OffsetDateTime time = ProtoTime.database(transfers.getFirst().createTime());
    return tx.preparedQuery(BOOK)
        .execute(Tuple.from(List.of(ids, debits, credits, amounts, reasons, time)))
        .replaceWithVoid();
  }

  Uni<Void> writeTotals(SqlClient tx, Collection<LedgerAccount> accounts) {
    var ids = accounts.stream().map(LedgerAccount::id).toArray(Long[]::new);
    var debits = accounts.stream().map(LedgerAccount::debitsMinor).toArray(Long[]::new);
    var credits = accounts.stream().map(LedgerAccount::creditsMinor).toArray(Long[]::new);
    return tx.preparedQuery(TOTALS)
        .execute(Tuple.from(List.of(ids, debits, credits)))
        .replaceWithVoid();
  }

  private static List<LedgerAccount> accounts(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(LedgerRepository::account).toList();
  }

  private static LedgerAccount account(Row row) {
    return new LedgerAccount(
        row.getLong(0),
        row.getString(1),
        Kind.forNumber(row.getShort(2)),
        row.getString(3),
        row.getBoolean(4),
        row.getLong(5),
        row.getLong(6),
        row.getOffsetDateTime(7).toInstant());
  }

  private static LedgerTransfer transfer(Row row) {
    return new LedgerTransfer(
        new Posting(
            row.getUUID(0),
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            Amounts.CURRENCY,
            row.getInteger(4)),
        row.getOffsetDateTime(5).toInstant());
  }
}
