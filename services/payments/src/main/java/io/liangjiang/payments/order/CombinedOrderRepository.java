package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL of combined orders. Every look-up names whose it is. */
@ApplicationScoped
class CombinedOrderRepository {
  private static final String INSERT =
      """
      insert into combined_order (combined_order_id, payer_citizen_id, created_by, business_reference,
        amount_minor, state, create_time, expire_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String OF_PAYER =
      "select * from combined_order where combined_order_id = $1 and payer_citizen_id = $2";
  private static final String OF_CREATOR =
      "select * from combined_order where combined_order_id = $1 and created_by = $2";
  private static final String LOCK =
      "select * from combined_order where combined_order_id = $1 for update";
  private static final String STATE =
      """
      update combined_order set state = $2, channel = $3, pay_time = $4, delegate_citizen_id = $5
      where combined_order_id = $1
      """;
  private static final String PARTS =
      """
      update payment_order set state = $2, channel = $3, delegate_citizen_id = $4
      where combined_order_id = $1
      """;
  private static final String EXPIRED =
      """
      select * from combined_order where state in (1, 2) and expire_time <= $1
      order by expire_time limit $2
      """;

  Uni<Void> insert(SqlClient tx, CombinedOrder order) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    order.id(),
                    order.payerId(),
                    order.createdBy(),
                    order.businessReference(),
                    order.amountMinor(),
                    (short) order.state().getNumber(),
                    ProtoTime.database(order.createTime()),
                    ProtoTime.database(order.expireTime()))))
        .replaceWithVoid();
  }

  Uni<List<CombinedOrder>> ofPayer(SqlClient client, UUID id, UUID payerId) {
    return client
        .preparedQuery(OF_PAYER)
        .execute(Tuple.of(id, payerId))
        .map(CombinedOrderRepository::all);
  }

  Uni<List<CombinedOrder>> ofCreator(SqlClient client, UUID id, String service) {
    return client
        .preparedQuery(OF_CREATOR)
        .execute(Tuple.of(id, service))
        .map(CombinedOrderRepository::all);
  }

  /** Locks one that is known to be the caller's, or that the system itself acts on. */
  Uni<CombinedOrder> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> all(rows).getFirst());
  }

  Uni<Void> writeState(SqlClient tx, CombinedOrder order) {
    Instant paid = order.payTime();
    return tx.preparedQuery(STATE)
        .execute(
            Tuple.from(
                Arrays.asList(
                    order.id(),
                    (short) order.state().getNumber(),
                    (short) order.channel().getNumber(),
                    paid == null ? null : ProtoTime.database(paid),
                    order.delegateId())))
        .replaceWithVoid();
  }

  /** Gives all parts of an open combined order its state. */
  Uni<Void> writeStateOfParts(SqlClient tx, CombinedOrder order) {
    return tx.preparedQuery(PARTS)
        .execute(
            Tuple.of(
                order.id(),
                (short) order.state().getNumber(),
                (short) order.channel().getNumber(),
                order.delegateId()))
        .replaceWithVoid();
  }

  Uni<List<CombinedOrder>> expired(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(EXPIRED)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(CombinedOrderRepository::all);
  }

  private static List<CombinedOrder> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(CombinedOrderRepository::order)
        .toList();
  }

  private static CombinedOrder order(Row row) {
    OffsetDateTime payTime = row.getOffsetDateTime("pay_time");
    return new CombinedOrder(
        row.getUUID("combined_order_id"),
        row.getUUID("payer_citizen_id"),
        row.getUUID("delegate_citizen_id"),
        row.getString("created_by"),
        row.getString("business_reference"),
        row.getLong("amount_minor"),
        State.forNumber(row.getShort("state")),
        Channel.forNumber(row.getShort("channel")),
        row.getOffsetDateTime("create_time").toInstant(),
        row.getOffsetDateTime("expire_time").toInstant(),
        payTime == null ? null : payTime.toInstant());
  }
}
