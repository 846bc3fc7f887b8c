package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.ChainCheck.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The SQL of the journal's chain. */
@ApplicationScoped
class ChainRepository {
  /**
   * A seal that is under check.
   *
   * @param passed how many of its batches come before the place where the check goes on
   */
  record OpenSeal(JournalSeal seal, int passed) {}

  private static final String LAST_ISSUED =
      "select last_value from journal_batch_batch_id_seq where is_called";
  private static final String BEGUN =
      "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
  private static final String FINISHED =
      "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
  private static final String LOCK = "lock table journal_seal in share row exclusive mode";
  private static final String LAST_SEAL =
      "select last_batch_id, sha256 from journal_seal order by last_batch_id desc limit 1";
  private static final String SEAL =
      """
      insert into journal_seal (last_batch_id, batch_count, digests, sha256)
      values ($1, $2, $3, $4)
      """;
  private static final String BATCHES =
      """
      select batch_id, record_count, digests, sha256 from journal_batch
      where batch_id > $1 and batch_id <= $2 order by batch_id limit $3
      """;
  private static final String NEXT_SEAL =
      """
      with next as (
        select *, coalesce(
          (select max(before.last_batch_id) from journal_seal before
            where before.last_batch_id < journal_seal.last_batch_id),
          -9223372036854775808) as begin_id
        from journal_seal where last_batch_id > $1 order by last_batch_id limit 1
      )
      select last_batch_id, batch_count, digests, sha256,
        (select count(*) from journal_batch
          where batch_id > begin_id and batch_id <= last_batch_id)::integer,
        (select count(*) from journal_batch
          where batch_id > begin_id and batch_id <= $1)::integer
      from next
      """;
  private static final String ENTRIES =
      """
      select transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code, create_time,
        kind, batch_id
      from transfer where batch_id > $1 and batch_id <= $2
      order by batch_id, transfer_id limit $3
      """;

  /** The newest batch id that was given out, whether or not its batch is committed. */
  Uni<Optional<Long>> lastIssued(SqlClient client) {
    return client.query(LAST_ISSUED).execute().map(rows -> first(rows, row -> row.getLong(0)));
  }

  /** Every transaction that has begun to write has a lower number. */
  Uni<Long> begun(SqlClient client) {
    return client.query(BEGUN).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  /** Every transaction with a lower number has ended. */
  Uni<Long> finished(SqlClient client) {
    return client.query(FINISHED).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  /** Keeps other sealers out until the transaction ends. */
  Uni<Void> lock(SqlClient tx) {
    return tx.query(LOCK).execute().replaceWithVoid();
  }

  /** Where the chain of batches ends: id and hash. */
  Uni<ChainEnd> end(SqlClient tx) {
    return tx.query(LAST_SEAL)
        .execute()
        .map(
            rows ->
                first(rows, row -> new ChainEnd(row.getLong(0), bytes(row, 1)))
                    .orElse(ChainEnd.START));
  }

  Uni<Void> seal(SqlClient tx, JournalSeal seal) {
    return tx.preparedQuery(SEAL)
        .execute(
            Tuple.of(
                seal.lastBatchId(),
                seal.batchCount(),
                Buffer.buffer(seal.digests()),
                Buffer.buffer(seal.sha256())))
        .replaceWithVoid();
  }

  /** Batches after one and up to another, in order. */
  Uni<List<JournalBatch>> batches(SqlClient tx, long after, long upTo, int limit) {
    return tx.preparedQuery(BATCHES)
        .execute(Tuple.of(after, upTo, limit))
        .map(
            rows ->
                all(
                    rows,
                    row ->
                        new JournalBatch(
                            row.getLong(0), row.getInteger(1), bytes(row, 2), bytes(row, 3))));
  }

  /** The seal that the batches after that one are under. */
  Uni<Optional<OpenSeal>> nextSeal(SqlClient tx, long after) {
    return tx.preparedQuery(NEXT_SEAL)
        .execute(Tuple.of(after))
        .map(
            rows ->
                first(
                    rows,
                    row ->
                        new OpenSeal(
                            new JournalSeal(
                                row.getLong(0),
                                row.getInteger(1),
                                row.getInteger(4),
                                bytes(row, 2),
                                bytes(row, 3)),
                            row.getInteger(5))));
  }

  /** Transfers that say they are in batches after one and up to another, in order. */
  Uni<List<Entry>> entries(SqlClient tx, long after, long upTo, int limit) {
    return tx.preparedQuery(ENTRIES)
        .execute(Tuple.of(after, upTo, limit))
        .map(rows -> all(rows, row -> new Entry(row.getLong(7), LedgerRepository.transfer(row))));
  }

  private static byte[] bytes(Row row, int column) {
    return row.getBuffer(column).getBytes();
  }

  private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
    return all(rows, read).stream().findFirst();
  }

  private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
  }
}
