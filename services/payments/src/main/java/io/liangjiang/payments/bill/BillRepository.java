package io.liangjiang.payments.bill;

import io.liangjiang.payments.channel.BillSource.DailyBill;
import io.liangjiang.payments.channel.BillSource.Row;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** SQL of bills. */
@ApplicationScoped
class BillRepository {
  private static final int CHUNK = 5_000;
  private static final UUID NO_ID = new UUID(0, 0);

  private static final String OPEN_DAY =
      """
      insert into business_day (business_date) select $1
      where not exists (select from business_day where business_date >= $1 and close_time is not null)
      on conflict do nothing
      """;
  private static final String DAY_EXISTS = "select 1 from business_day where business_date = $1";
  private static final String HOLD_DAY =
      "select 1 from business_day where business_date = $1 for key share";
  private static final String NEWEST_DAY = "select max(business_date) from business_day";
  private static final String EXPECT =
      """
      insert into bill (channel, business_date, next_attempt_time)
      select channel, $1, $3 from unnest($2::integer[]) as channel on conflict do nothing
      """;
  private static final String OF_DAY =
      "select * from bill where business_date = $1 order by channel";
  private static final String LOCK =
      "select * from bill where channel = $1 and business_date = $2 for update";
  private static final String DELETE_ROWS =
      "delete from bill_row where channel = $1 and business_date = $2";
  private static final String INSERT_ROWS =
      """
      insert into bill_row (channel, business_date, line, kind, number, subject_id, transaction_id,
        state, amount_minor, trade_time)
      select $1, $2, line, kind, number, nullif(subject_id, $11), transaction_id, state, amount, time
      from unnest($3::integer[], $4::integer[], $5::text[], $6::uuid[], $7::text[], $8::text[],
        $9::bigint[], $10::timestamptz[])
        as rows (line, kind, number, subject_id, transaction_id, state, amount, time)
      """;
  private static final String IMPORTED =
      """
      update bill set import_time = $3, trade_sha1 = $4, fund_flow_sha1 = $5, row_count = $6,
        paid_minor = $7, refunded_minor = $8, flow_paid_minor = $9, flow_refunded_minor = $10,
        fee_minor = $11, last_error = null
      where channel = $1 and business_date = $2
      """;
  private static final String AGAIN =
      """
      update bill set next_attempt_time = $3, last_error = nullif($4, '')
      where channel = $1 and business_date = $2
      """;
  private static final String TAKE_DUE =
      """
      update bill set attempts = attempts + 1, next_attempt_time = $2
      where (channel, business_date) in (
        select channel, business_date from bill where next_attempt_time <= $1
        order by next_attempt_time limit $3 for update skip locked)
      returning *
      """;

  /** Whether the day is new. */
  Uni<Boolean> openDay(SqlClient tx, LocalDate day) {
    return tx.preparedQuery(OPEN_DAY).execute(Tuple.of(day)).map(done -> done.rowCount() == 1);
  }

  Uni<Boolean> dayExists(SqlClient tx, LocalDate day) {
    return tx.preparedQuery(DAY_EXISTS).execute(Tuple.of(day)).map(rows -> rows.size() == 1);
  }

  Uni<Void> holdDay(SqlClient tx, LocalDate day) {
    return tx.preparedQuery(HOLD_DAY).execute(Tuple.of(day)).replaceWithVoid();
  }

  Uni<Optional<LocalDate>> newestDay(SqlClient client) {
    return client
        .query(NEWEST_DAY)
        .execute()
        .map(rows -> Optional.ofNullable(rows.iterator().next().getLocalDate(0)));
  }

  Uni<Void> expect(SqlClient tx, LocalDate day, Integer[] channels, Instant from) {
    return tx.preparedQuery(EXPECT)
        .execute(Tuple.from(List.of(day, channels, ProtoTime.database(from))))
        .replaceWithVoid();
  }

  Uni<List<Bill>> ofDay(SqlClient client, LocalDate day) {
    return client.preparedQuery(OF_DAY).execute(Tuple.of(day)).map(BillRepository::bills);
  }

  Uni<List<Bill>> lock(SqlClient tx, Channel channel, LocalDate day) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(channel.getNumber(), day))
        .map(BillRepository::bills);
  }

  Uni<Void> deleteRows(SqlClient tx, Channel channel, LocalDate day) {
    return tx.preparedQuery(DELETE_ROWS)
        .execute(Tuple.of(channel.getNumber(), day))
        .replaceWithVoid();
  }

  Uni<Void> insertRows(SqlClient tx, Channel channel, LocalDate day, List<Row> rows) {
    int chunks = (rows.size() + CHUNK - 1) / CHUNK;
    return Multi.createFrom()
        .range(0, chunks)
        .onItem()
        .transformToUniAndConcatenate(chunk -> insertChunk(tx, channel, day, rows, chunk * CHUNK))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static Uni<Void> insertChunk(
      SqlClient tx, Channel channel, LocalDate day, List<Row> rows, int from) {
    List<Row> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
    return tx.preparedQuery(INSERT_ROWS)
        .execute(
            Tuple.from(
                List.of(
                    channel.getNumber(),
                    day,
                    IntStream.rangeClosed(from + 1, from + chunk.size())
                        .boxed()
                        .toArray(Integer[]::new),
                    chunk.stream().map(row -> row.isRefund() ? 2 : 1).toArray(Integer[]::new),
                    chunk.stream().map(Row::number).toArray(String[]::new),
                    chunk.stream().map(BillRepository::subjectId).toArray(UUID[]::new),
                    chunk.stream().map(Row::transactionId).toArray(String[]::new),
                    chunk.stream().map(Row::state).toArray(String[]::new),
                    chunk.stream().map(Row::amountMinor).toArray(Long[]::new),
                    chunk.stream()
                        .map(row -> ProtoTime.database(row.time()))
                        .toArray(OffsetDateTime[]::new),
                    NO_ID)))
        .replaceWithVoid();
  }

  private static UUID subjectId(Row row) {
    UUID id = ChannelPayment.idOf(row.number());
    return id == null ? NO_ID : id;
  }

  Uni<Void> imported(SqlClient tx, Channel channel, LocalDate day, DailyBill bill, Instant now) {
    return tx.preparedQuery(IMPORTED)
        .execute(
            Tuple.from(
                List.of(
                    channel.getNumber(),
                    day,
                    ProtoTime.database(now),
                    bill.tradeSha1(),
                    bill.fundFlowSha1(),
                    bill.rows().size(),
                    bill.paidMinor(),
                    bill.refundedMinor(),
                    bill.fundFlow().paidMinor(),
                    bill.fundFlow().refundedMinor(),
                    bill.fundFlow().feeMinor())))
        .replaceWithVoid();
  }

  Uni<Void> again(
      SqlClient tx, Channel channel, LocalDate day, @Nullable Instant next, String error) {
    var time = next == null ? null : ProtoTime.database(next);
    return tx.preparedQuery(AGAIN)
        .execute(Tuple.from(Arrays.asList(channel.getNumber(), day, time, error)))
        .replaceWithVoid();
  }

  Uni<List<Bill>> takeDue(SqlClient client, Instant now, Instant next, int limit) {
    return client
        .preparedQuery(TAKE_DUE)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(next), limit))
        .map(BillRepository::bills);
  }

  private static List<Bill> bills(RowSet<io.vertx.mutiny.sqlclient.Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(BillRepository::bill).toList();
  }

  private static Bill bill(io.vertx.mutiny.sqlclient.Row row) {
    var importTime = row.getOffsetDateTime("import_time");
    return new Bill(
        Channel.forNumber(row.getInteger("channel")),
        row.getLocalDate("business_date"),
        importTime == null ? null : importTime.toInstant(),
        orEmpty(row.getString("trade_sha1")),
        orEmpty(row.getString("fund_flow_sha1")),
        row.getInteger("row_count"),
        row.getLong("paid_minor"),
        row.getLong("refunded_minor"),
        row.getLong("flow_paid_minor"),
        row.getLong("flow_refunded_minor"),
        row.getLong("fee_minor"),
        row.getInteger("attempts"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
