package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.ledger.LedgerAccount.Totals;
import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ledger's SQL: a fixed number of statements however many items. */
@ApplicationScoped
class LedgerRepository {
  private static final String ACCOUNT =
      "account_id, code, kind, currency_code, guarded, credits_guarded, debits_minor,"
          + " credits_minor, debits_pending_minor, credits_pending_minor, create_time, close_time";
  private static final String OPEN =
      """
      insert into account (code, kind, currency_code, guarded, credits_guarded, create_time)
      values ($1, $2, $3, $4, $5, $6) on conflict (code) do nothing
      """;
  private static final String CLOSE = "update account set close_time = $2 where account_id = $1";
  private static final String LOCK =
      "select "
          + ACCOUNT
          + " from account where account_id = any ($1) order by account_id"
          + " for no key update";
  private static final String BY_ID = "select " + ACCOUNT + " from account where account_id = $1";
  private static final String BY_CODE = "select " + ACCOUNT + " from account where code = $1";
  private static final String TRANSFERS =
      """
      select transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code, create_time,
        kind
      from transfer where transfer_id = any ($1)
      """;
  private static final String BOOK =
      """
      with batch as (
        insert into journal_batch (record_count, digests, sha256) values ($8, $9, $10)
        returning batch_id
      )
      insert into transfer
        (transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code, kind,
         create_time, batch_id)
      select new.*, $7::timestamptz, batch.batch_id
      from batch, unnest(
        $1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[], $6::smallint[]) as new
      """;
  private static final String TOTALS =
      """
      update account set debits_minor = new.debits, credits_minor = new.credits,
        debits_pending_minor = new.pending_debits, credits_pending_minor = new.pending_credits
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
        as new (id, debits, credits, pending_debits, pending_credits)
      where account_id = new.id
      """;

  Uni<Void> open(SqlClient tx, LedgerAccount account) {
    return tx.preparedQuery(OPEN)
        .execute(
            Tuple.of(
                account.code(),
                account.kind().getNumber(),
                account.currencyCode(),
                account.guard() == Guard.DEBITS_MUST_NOT_EXCEED_CREDITS,
                account.guard() == Guard.CREDITS_MUST_NOT_EXCEED_DEBITS,
                ProtoTime.database(account.createTime())))
        .replaceWithVoid();
  }

  Uni<Void> close(SqlClient tx, long id, Instant time) {
    return tx.preparedQuery(CLOSE)
        .execute(Tuple.of(id, ProtoTime.database(time)))
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

  /** Writes transfers with their batch's part of the chain. */
  Uni<Void> book(SqlClient tx, List<LedgerTransfer> booked) {
    var transfers = booked.stream().sorted(JournalHash.ORDER).toList();
    int count = transfers.size();
    var ids = new UUID[count];
    var debits = new Long[count];
    var credits = new Long[count];
    var amounts = new Long[count];
    var reasons = new Integer[count];
    var kinds = new Short[count];
    for (int i = 0; i < count; i++) {
      Posting posting = transfers.get(i).posting();
      ids[i] = posting.transferId();
      debits[i] = posting.debitAccountId();
      credits[i] = posting.creditAccountId();
      amounts[i] = posting.amountMinor();
      reasons[i] = posting.reasonCode();
      kinds[i] = stored(transfers.get(i).kind());
    }
    OffsetDateTime time = ProtoTime.database(transfers.getFirst().createTime());
    JournalBatch batch = JournalHash.batch(transfers);
    var digests = Buffer.buffer(batch.digests());
    var sha256 = Buffer.buffer(batch.sha256());
    return tx.preparedQuery(BOOK)
        .execute(
            Tuple.from(
                List.of(
                    ids, debits, credits, amounts, reasons, kinds, time, count, digests, sha256)))
        .replaceWithVoid();
  }

  Uni<Void> writeTotals(SqlClient tx, Collection<LedgerAccount> accounts) {
    var ids = new Long[accounts.size()];
    var totals = new Long[4][accounts.size()];
    int i = 0;
    for (LedgerAccount account : accounts) {
      ids[i] = account.id();
      totals[0][i] = account.totals().debitsMinor();
      totals[1][i] = account.totals().creditsMinor();
      totals[2][i] = account.totals().pendingDebitsMinor();
      totals[3][i] = account.totals().pendingCreditsMinor();
      i++;
    }
    return tx.preparedQuery(TOTALS)
        .execute(Tuple.from(List.of(ids, totals[0], totals[1], totals[2], totals[3])))
        .replaceWithVoid();
  }

  private static List<LedgerAccount> accounts(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(LedgerRepository::account).toList();
  }

  private static LedgerAccount account(Row row) {
    OffsetDateTime closeTime = row.getOffsetDateTime(11);
    return new LedgerAccount(
        row.getLong(0),
        row.getString(1),
        Account.Kind.forNumber(row.getShort(2)),
        row.getString(3),
        Guard.of(row.getBoolean(4), row.getBoolean(5)),
        new Totals(row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9)),
        row.getOffsetDateTime(10).toInstant(),
        closeTime == null ? null : closeTime.toInstant());
  }

  /** Reads the columns of {@link #TRANSFERS}; what follows them does not matter. */
  static LedgerTransfer transfer(Row row) {
    Short kind = row.getShort(6);
    return new LedgerTransfer(
        new Posting(
            row.getUUID(0),
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            Amounts.CURRENCY,
            row.getInteger(4)),
        kind == null ? Transfer.Kind.TRANSFER : Transfer.Kind.forNumber(kind),
        Links.NONE,
        row.getOffsetDateTime(5).toInstant());
  }

  /** Most transfers are plain, and their kind is null: it costs nothing in the row. */
  private static @Nullable Short stored(Transfer.Kind kind) {
    return kind == Transfer.Kind.TRANSFER ? null : (short) kind.getNumber();
  }
}
