package io.liangjiang.sandbox.insurance;

import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.store.Store;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What the bureau states of a day in Asia/Shanghai, and its totals. */
@Singleton
final class Statements {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String ROWS =
      """
      select settlement_number, 'SETTLEMENT' as kind, gov_fen + self_fen + other_fen as fen,
        settled_at as at
      from insurance_settlement where settled_at >= ? and settled_at < ?
      union all
      select settlement_number, 'REVERSAL', gov_fen + self_fen + other_fen, reversed_at
      from insurance_settlement where reversed_at >= ? and reversed_at < ?
      order by at, settlement_number
      """;

  private final Store store;

  Statements(Store store) {
    this.store = store;
  }

  /** One settlement or reversal; the amount is the insurance's part, fen. */
  @RegisterForReflection
  record Row(String settlementNumber, String kind, long fen) {}

  /** A day: its rows and their sums, fen. */
  @RegisterForReflection
  record Day(String date, List<Row> rows, long settledFen, long reversedFen) {}

  /** Totals of the books, fen. */
  record Totals(long settlements, long settledFen, long reversedFen) {}

  /** Errors: 400 INVALID_DATE. */
  Day of(String date) {
    LocalDate day = parse(date);
    Instant start = day.atStartOfDay(ZONE).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZONE).toInstant();
    List<Row> rows =
        store.inTransaction(
            tx ->
                tx.list(
                    ROWS,
                    row -> new Row(row.getString(1), row.getString(2), row.getLong(3)),
                    start,
                    end,
                    start,
                    end));
    return new Day(date, rows, sum(rows, "SETTLEMENT"), sum(rows, "REVERSAL"));
  }

  Totals totals() {
    return store.inTransaction(
        tx ->
            tx.first(
                    "select count(*),"
                        + " coalesce(sum(gov_fen + self_fen + other_fen)"
                        + " filter (where settled_at is not null), 0),"
                        + " coalesce(sum(gov_fen + self_fen + other_fen)"
                        + " filter (where reversed_at is not null), 0) from insurance_settlement",
                    row -> new Totals(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow());
  }

  private static long sum(List<Row> rows, String kind) {
    return rows.stream().filter(row -> row.kind().equals(kind)).mapToLong(Row::fen).sum();
  }

  private static LocalDate parse(String date) {
    try {
      return LocalDate.parse(date);
    } catch (DateTimeException e) {
      throw new SandboxException(400, "INVALID_DATE", "the date must be YYYY-MM-DD");
    }
  }
}
