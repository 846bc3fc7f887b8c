package io.liangjiang.payments.closing;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.closing.Day.Closing;
import io.liangjiang.payments.closing.Day.Total;
import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.payments.v1.BusinessDay.State;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** SQL of business days. */
@ApplicationScoped
class DayRepository {
  private static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);
  private static final String LIST =
      """
      select * from business_day where business_date < $1
        and ($2 = 0 or (close_time is null) = ($2 = 1))
      order by business_date desc limit $3
      """;
  private static final String FIND = "select * from business_day where business_date = $1";
  private static final String EARLIER_OPEN =
      "select 1 from business_day where business_date < $1 and close_time is null limit 1";
  private static final String NO_MORE_ATTEMPTS =
      "update bill set next_attempt_time = null where business_date = $1";

  /**
   * Posted is what is plain (null), a post (3) or a reversal (6): Transfer.Kind. The journal's own
   * order is by time; the id tells apart what was booked together.
   */
  private static final String FOLD =
      """
      with past as (
        select * from transfer where create_time < $1 and (kind is null or kind in (3, 6))),
      sides as (
        select debit_account_id as account_id, amount_minor as debits, 0 as credits from past
        union all
        select credit_account_id, 0, amount_minor from past
      )
      select account.kind, currency_code, sum(debits)::bigint as debits, sum(credits)::bigint as credits,
        (select count(*) from past) as transfers,
        (select transfer_id from past order by create_time desc, transfer_id desc limit 1) as last
      from sides join account using (account_id)
      group by account.kind, currency_code order by account.kind, currency_code
      """;

  private static final String CLOSE =
      """
      update business_day set close_time = $2, closed_by = $3, transfer_count = $4,
        last_transfer_id = $5, totals = $6
      where business_date = $1 returning *
      """;

  Uni<List<Day>> list(SqlClient client, State state, Page page) {
    LocalDate before = page.isFirst() ? END_OF_TIME : BusinessDate.of(page.keyInstant(0));
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(before, state.getNumber(), page.limit()))
        .map(DayRepository::days);
  }

  Uni<List<Day>> find(SqlClient client, LocalDate date) {
    return client.preparedQuery(FIND).execute(Tuple.of(date)).map(DayRepository::days);
  }

  Uni<List<Day>> lock(SqlClient tx, LocalDate date) {
    return tx.preparedQuery(FIND + " for update").execute(Tuple.of(date)).map(DayRepository::days);
  }

  Uni<Boolean> hasEarlierOpen(SqlClient tx, LocalDate date) {
    return tx.preparedQuery(EARLIER_OPEN).execute(Tuple.of(date)).map(rows -> rows.size() > 0);
  }

  /** The day's closing, folded from the journal. */
  Uni<Closing> fold(SqlClient tx, LocalDate date, Instant time, String by) {
    return tx.preparedQuery(FOLD)
        .execute(Tuple.of(ProtoTime.database(BusinessDate.endOf(date))))
        .map(rows -> closing(rows, time, by));
  }

  Uni<Day> close(SqlClient tx, LocalDate date, Closing closing) {
    var totals = new JsonArray();
    closing.totals().forEach(total -> totals.add(json(total)));
    return tx.preparedQuery(NO_MORE_ATTEMPTS)
        .execute(Tuple.of(date))
        .chain(
            () ->
                tx.preparedQuery(CLOSE)
                    .execute(
                        Tuple.from(
                            Arrays.asList(
                                date,
                                ProtoTime.database(closing.time()),
                                closing.by(),
                                closing.transferCount(),
                                closing.lastTransferId(),
                                totals))))
        .map(rows -> days(rows).getFirst());
  }

  private static Closing closing(RowSet<Row> rows, Instant time, String by) {
    List<Total> totals =
        StreamSupport.stream(rows.spliterator(), false).map(DayRepository::total).toList();
    if (totals.isEmpty()) {
      return new Closing(time, by, 0, null, totals);
    }
    Row any = rows.iterator().next();
    return new Closing(time, by, any.getLong("transfers"), any.getUUID("last"), totals);
  }

  private static Total total(Row row) {
    return new Total(
        Kind.forNumber(row.getShort("kind")),
        row.getString("currency_code"),
        row.getLong("debits"),
        row.getLong("credits"));
  }

  private static JsonObject json(Total total) {
    return new JsonObject()
        .put("kind", total.kind().getNumber())
        .put("currencyCode", total.currencyCode())
        .put("debitsMinor", total.debitsMinor())
        .put("creditsMinor", total.creditsMinor());
  }

  private static List<Day> days(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(DayRepository::day).toList();
  }

  private static Day day(Row row) {
    LocalDate date = row.getLocalDate("business_date");
    var closeTime = row.getOffsetDateTime("close_time");
    if (closeTime == null) {
      return new Day(date, null);
    }
    List<Total> totals =
        row.getJsonArray("totals").stream().map(total -> total((JsonObject) total)).toList();
    return new Day(
        date,
        new Closing(
            closeTime.toInstant(),
            row.getString("closed_by"),
            row.getLong("transfer_count"),
            row.getUUID("last_transfer_id"),
            totals));
  }

  private static Total total(JsonObject json) {
    return new Total(
        Kind.forNumber(json.getInteger("kind")),
        json.getString("currencyCode"),
        json.getLong("debitsMinor"),
        json.getLong("creditsMinor"));
  }
}
