package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.bill.Bill;
import io.liangjiang.payments.match.Difference;
import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** SQL of breaks. */
@ApplicationScoped
class BreakRepository {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final long NOTHING = -1;

  /** A break that healed opens again, and one that was resolved only if the amounts are others. */
  private static final String FOUND =
      """
      insert into reconciliation_break as known (break_id, channel, business_date, type, kind, subject,
        bill_minor, order_minor, ledger_minor, detail, create_time)
      select id, $1, $2, type, kind, subject, nullif(bill, -1), nullif(orders, -1), nullif(ledger, -1),
        detail, $11
      from unnest($3::uuid[], $4::integer[], $5::integer[], $6::text[], $7::bigint[], $8::bigint[],
        $9::bigint[], $10::text[]) as found (id, type, kind, subject, bill, orders, ledger, detail)
      on conflict (channel, business_date, type, subject) do update set state = 1,
        bill_minor = excluded.bill_minor, order_minor = excluded.order_minor,
        ledger_minor = excluded.ledger_minor, detail = excluded.detail, resolve_time = null,
        resolved_by = '', note = '', transfer_id = null
      where known.state = 2
        or (known.bill_minor, known.order_minor, known.ledger_minor)
          is distinct from (excluded.bill_minor, excluded.order_minor, excluded.ledger_minor)
        or (known.state = 1 and known.detail <> excluded.detail)
      """;

  private static final String HEAL =
      """
      update reconciliation_break b set state = 2, resolve_time = $5
      where channel = $1 and business_date = $2 and state = 1 and not exists (
        select from unnest($3::integer[], $4::text[]) as found (type, subject)
        where found.type = b.type and found.subject = b.subject)
      """;
  private static final String OPEN_COUNT =
      "select count(*) from reconciliation_break where business_date = $1 and state = 1";
  private static final String OPEN_COUNT_OF_BILL = OPEN_COUNT + " and channel = $2";
  private static final String LIST =
      """
      select * from reconciliation_break where (create_time, break_id) < ($1, $2)
        and ($3 = 0 or state = $3) and ($4::date is null or business_date = $4)
      order by create_time desc, break_id desc limit $5
      """;
  private static final String FIND = "select * from reconciliation_break where break_id = $1";
  private static final String RESOLVE =
      """
      update reconciliation_break set state = 3, resolve_time = $2, resolved_by = $3, note = $4,
        transfer_id = $5, adjusted_minor = adjusted_minor + $6
      where break_id = $1 returning *
      """;
  private static final String RECORD =
      """
      insert into break_resolution (break_id, resolve_time, resolved_by, note, transfer_id, adjusted_minor)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private final InstantSource clock;

  BreakRepository(InstantSource clock) {
    this.clock = clock;
  }

  Uni<Void> found(SqlClient tx, Bill bill, List<Difference> differences) {
    if (differences.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(FOUND)
        .execute(
            Tuple.from(
                List.of(
                    bill.channel().getNumber(),
                    bill.day(),
                    differences.stream()
                        .map(difference -> TimeOrderedId.next(clock))
                        .toArray(UUID[]::new),
                    types(differences),
                    differences.stream().map(d -> d.kind().number()).toArray(Integer[]::new),
                    subjects(differences),
                    amounts(differences, Difference::billMinor),
                    amounts(differences, Difference::orderMinor),
                    amounts(differences, Difference::ledgerMinor),
                    differences.stream().map(Difference::detail).toArray(String[]::new),
                    ProtoTime.database(clock.instant()))))
        .replaceWithVoid();
  }

  /** Ends the open breaks of a bill that were not found any more. */
  Uni<Void> heal(SqlClient tx, Bill bill, List<Difference> differences) {
    return tx.preparedQuery(HEAL)
        .execute(
            Tuple.from(
                List.of(
                    bill.channel().getNumber(),
                    bill.day(),
                    types(differences),
                    subjects(differences),
                    ProtoTime.database(clock.instant()))))
        .replaceWithVoid();
  }

  Uni<Integer> openCount(SqlClient client, LocalDate day) {
    return client
        .preparedQuery(OPEN_COUNT)
        .execute(Tuple.of(day))
        .map(rows -> rows.iterator().next().getLong(0).intValue());
  }

  Uni<Integer> openCount(SqlClient client, Bill bill) {
    return client
        .preparedQuery(OPEN_COUNT_OF_BILL)
        .execute(Tuple.of(bill.day(), bill.channel().getNumber()))
        .map(rows -> rows.iterator().next().getLong(0).intValue());
  }

  Uni<List<Break>> list(SqlClient client, State state, @Nullable LocalDate day, Page page) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(
            Tuple.from(
                Arrays.asList(
                    ProtoTime.database(before), beforeId, state.getNumber(), day, page.limit())))
        .map(BreakRepository::breaks);
  }

  Uni<List<Break>> find(SqlClient client, UUID id) {
    return client.preparedQuery(FIND).execute(Tuple.of(id)).map(BreakRepository::breaks);
  }

  Uni<List<Break>> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(FIND + " for update")
        .execute(Tuple.of(id))
        .map(BreakRepository::breaks);
  }

  /** Keeps a resolution, and marks the break with it. */
  Uni<Break> resolve(SqlClient tx, Decision decision) {
    Tuple values =
        Tuple.from(
            Arrays.asList(
                decision.breakId(),
                ProtoTime.database(decision.time()),
                decision.by(),
                decision.note(),
                decision.transferId(),
                decision.adjustedMinor()));
    return tx.preparedQuery(RECORD)
        .execute(values)
        .chain(() -> tx.preparedQuery(RESOLVE).execute(values))
        .map(rows -> breaks(rows).getFirst());
  }

  private static Integer[] types(List<Difference> differences) {
    return differences.stream().map(d -> d.type().getNumber()).toArray(Integer[]::new);
  }

  private static String[] subjects(List<Difference> differences) {
    return differences.stream().map(Difference::subject).toArray(String[]::new);
  }

  private static Long[] amounts(
      List<Difference> differences, Function<Difference, @Nullable Long> amount) {
    Long[] amounts = new Long[differences.size()];
    for (int i = 0; i < amounts.length; i++) {
      Long minor = amount.apply(differences.get(i));
      amounts[i] = minor == null ? NOTHING : minor;
    }
    return amounts;
  }

  private static List<Break> breaks(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(BreakRepository::read).toList();
  }

  private static Break read(Row row) {
    var resolved = row.getOffsetDateTime("resolve_time");
    return new Break(
        row.getUUID("break_id"),
        Channel.forNumber(row.getInteger("channel")),
        row.getLocalDate("business_date"),
        new Difference(
            Type.forNumber(row.getInteger("type")),
            Kind.of(row.getInteger("kind")),
            row.getString("subject"),
            row.getLong("bill_minor"),
            row.getLong("order_minor"),
            row.getLong("ledger_minor"),
            row.getString("detail")),
        State.forNumber(row.getInteger("state")),
        row.getOffsetDateTime("create_time").toInstant(),
        resolved == null ? null : resolved.toInstant(),
        row.getString("resolved_by"),
        row.getString("note"),
        row.getUUID("transfer_id"),
        row.getLong("adjusted_minor"));
  }
}
