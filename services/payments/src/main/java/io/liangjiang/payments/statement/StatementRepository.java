package io.liangjiang.payments.statement;

import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL of statements. Every look-up names whose they are. */
@ApplicationScoped
class StatementRepository {
  private static final String WALLET_BEFORE =
      """
      select coalesce(sum(amount_minor), 0)::bigint from wallet_entry
      where citizen_id = $1 and create_time < $2
      """;
  private static final String WALLET =
      """
      select e.create_time as time, e.kind::integer as kind, e.amount_minor, 0::bigint as deducted_minor,
        e.reference_id::text as reference,
        coalesce(o.lines -> 0 ->> 'description', c.description, '') as description
      from wallet_entry e
        left join payment_order o on o.payment_order_id = e.reference_id
        left join charge c on c.charge_id = e.reference_id
      where e.citizen_id = $1 and e.create_time >= $2 and e.create_time < $3
      order by e.create_time, e.transfer_id limit $4
      """;
  private static final String MERCHANT =
      """
      select pay_time as time, 1 as kind, amount_minor,
        (select coalesce(sum(taken_minor), 0)::bigint from deduction
          where payment_id = payment_order_id) as deducted_minor,
        business_reference as reference, coalesce(lines -> 0 ->> 'description', '') as description
      from payment_order
      where merchant_id = $1 and pay_time >= $2 and pay_time < $3
      union all
      select create_time, 2, amount_minor,
        (select coalesce(sum(taken_minor), 0)::bigint from deduction where payment_id = charge_id),
        business_reference, description
      from charge
      where merchant_id = $1 and state = 1 and create_time >= $2 and create_time < $3
      union all
      select f.create_time, 3, -f.amount_minor, 0, o.business_reference, f.reason
      from refund f join payment_order o using (payment_order_id)
      where o.merchant_id = $1 and not f.late and f.state <> 3
        and f.create_time >= $2 and f.create_time < $3
      order by 1, 2, 5 limit $4
      """;

  /** What a wallet held before a moment, fen. */
  Uni<Long> walletBefore(SqlClient client, UUID citizenId, Instant moment) {
    return client
        .preparedQuery(WALLET_BEFORE)
        .execute(Tuple.of(citizenId, ProtoTime.database(moment)))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** A wallet's movements, oldest first; the kind is WalletEntry.Kind. */
  Uni<List<Movement>> wallet(SqlClient client, UUID citizenId, Period period, int limit) {
    return read(client, WALLET, citizenId, period, limit);
  }

  /** A merchant's movements, oldest first; 1 is an order, 2 a charge, 3 a refund. */
  Uni<List<Movement>> merchant(SqlClient client, String merchantId, Period period, int limit) {
    return read(client, MERCHANT, merchantId, period, limit);
  }

  private static Uni<List<Movement>> read(
      SqlClient client, String sql, Object owner, Period period, int limit) {
    return client
        .preparedQuery(sql)
        .execute(
            Tuple.of(
                owner, ProtoTime.database(period.from()), ProtoTime.database(period.to()), limit))
        .map(StatementRepository::movements);
  }

  private static List<Movement> movements(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(StatementRepository::read).toList();
  }

  private static Movement read(Row row) {
    return new Movement(
        row.getOffsetDateTime("time").toInstant(),
        row.getInteger("kind"),
        row.getLong("amount_minor"),
        row.getLong("deducted_minor"),
        row.getString("reference"),
        row.getString("description"));
  }
}
