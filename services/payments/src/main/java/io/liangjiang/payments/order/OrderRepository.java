package io.liangjiang.payments.order;

import io.liangjiang.payments.order.Order.Line;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.LineKind;
import io.liangjiang.payments.v1.PaymentOrder.State;
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
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** SQL of payment orders. Every look-up names whose order it is. */
@ApplicationScoped
class OrderRepository {
  private static final String INSERT =
      """
      insert into payment_order (payment_order_id, combined_order_id, payer_citizen_id, merchant_id,
        created_by, business_reference, lines, amount_minor, state, create_time, expire_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;
  private static final String OF_PAYER =
      "select * from payment_order where payment_order_id = $1 and payer_citizen_id = $2";
  private static final String OF_CREATOR =
      "select * from payment_order where payment_order_id = $1 and created_by = $2";
  private static final String OF_MERCHANT =
      "select * from payment_order where payment_order_id = $1 and merchant_id = $2";
  private static final String LOCK =
      "select * from payment_order where payment_order_id = $1 for update";
  private static final String LOCK_ALL =
      """
      select * from payment_order where payment_order_id = any ($1) order by payment_order_id
      for update
      """;
  private static final String STATE =
      """
      update payment_order set state = $2, channel = $3, pay_time = $4,
        delegate_citizen_id = new.delegate_id
      from unnest($1::uuid[], $5::uuid[]) as new (id, delegate_id)
      where payment_order_id = new.id
      """;
  private static final String REFUNDED =
      """
      update payment_order set refunded_minor = $2, refund_count = $3, state = $4
      where payment_order_id = $1
      """;
  private static final String PARTS =
      "select * from payment_order where combined_order_id = $1 order by payment_order_id";
  private static final String EXPIRED =
      """
      select * from payment_order where state in (1, 2) and expire_time <= $1
        and combined_order_id is null
      order by expire_time limit $2
      """;

  Uni<Void> insert(SqlClient tx, Order order) {
    var lines = new JsonArray();
    order.lines().forEach(line -> lines.add(json(line)));
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    order.id(),
                    order.combinedOrderId(),
                    order.payerId(),
                    order.merchantId(),
                    order.createdBy(),
                    order.businessReference(),
                    lines,
                    order.amountMinor(),
                    order.state().getNumber(),
                    ProtoTime.database(order.createTime()),
                    ProtoTime.database(order.expireTime()))))
        .replaceWithVoid();
  }

  Uni<List<Order>> ofPayer(SqlClient client, UUID id, UUID payerId) {
    return client.preparedQuery(OF_PAYER).execute(Tuple.of(id, payerId)).map(OrderRepository::all);
  }

  Uni<List<Order>> ofCreator(SqlClient client, UUID id, String service) {
    return client
        .preparedQuery(OF_CREATOR)
        .execute(Tuple.of(id, service))
        .map(OrderRepository::all);
  }

  Uni<List<Order>> ofMerchant(SqlClient client, UUID id, String merchantId) {
    return client
        .preparedQuery(OF_MERCHANT)
        .execute(Tuple.of(id, merchantId))
        .map(OrderRepository::all);
  }

  /** Locks an order that is known to be the caller's, or that the system itself acts on. */
  Uni<Order> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> all(rows).getFirst());
  }

  /** Locks those of the orders that are there, by id. */
  Uni<Map<UUID, Order>> lockAll(SqlClient tx, Collection<UUID> ids) {
    return tx.preparedQuery(LOCK_ALL)
        .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
        .map(rows -> all(rows).stream().collect(Collectors.toMap(Order::id, Function.identity())));
  }

  /** The parts of a combined order, in the order in which they were named. */
  Uni<List<Order>> parts(SqlClient client, UUID combinedOrderId) {
    return client.preparedQuery(PARTS).execute(Tuple.of(combinedOrderId)).map(OrderRepository::all);
  }

  /** Locks the parts of a combined order that is locked. */
  Uni<List<Order>> lockParts(SqlClient tx, UUID combinedOrderId) {
    return tx.preparedQuery(PARTS + " for update")
        .execute(Tuple.of(combinedOrderId))
        .map(OrderRepository::all);
  }

  /** How many refunds all parts of a combined order have. */
  Uni<Integer> refundsOfParts(SqlClient client, UUID combinedOrderId) {
    return parts(client, combinedOrderId)
        .map(parts -> parts.stream().mapToInt(Order::refundCount).sum());
  }

  Uni<Void> writeState(SqlClient tx, Order order) {
    return writeState(tx, List.of(order));
  }

  /** Writes orders that are in the same state by the same channel since the same time. */
  Uni<Void> writeState(SqlClient tx, List<Order> orders) {
    Order one = orders.getFirst();
    Instant paid = one.payTime();
    OffsetDateTime payTime = paid == null ? null : ProtoTime.database(paid);
    UUID[] ids = orders.stream().map(Order::id).toArray(UUID[]::new);
    return tx.preparedQuery(STATE)
        .execute(
            Tuple.of(
                ids,
                one.state().getNumber(),
                one.channel().getNumber(),
                payTime,
                orders.stream().map(Order::delegateId).toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  Uni<Void> writeRefunded(SqlClient tx, Order order, long refundedMinor, int refundCount) {
    State state = order.stateWithRefunded(refundedMinor);
    return tx.preparedQuery(REFUNDED)
        .execute(Tuple.of(order.id(), refundedMinor, refundCount, state.getNumber()))
        .replaceWithVoid();
  }

  Uni<List<Order>> expired(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(EXPIRED)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(OrderRepository::all);
  }

  private static JsonObject json(Line line) {
    return JsonObject.of(
        "description", line.description(),
        "quantity", line.quantity(),
        "amountMinor", line.amountMinor(),
        "kind", line.kind().getNumber());
  }

  private static List<Order> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(OrderRepository::order).toList();
  }

  private static Order order(Row row) {
    OffsetDateTime payTime = row.getOffsetDateTime("pay_time");
    return new Order(
        row.getUUID("payment_order_id"),
        row.getUUID("combined_order_id"),
        row.getUUID("payer_citizen_id"),
        row.getUUID("delegate_citizen_id"),
        row.getString("merchant_id"),
        row.getString("created_by"),
        row.getString("business_reference"),
        lines(row.getJsonArray("lines")),
        row.getLong("amount_minor"),
        row.getLong("refunded_minor"),
        row.getInteger("refund_count"),
        State.forNumber(row.getInteger("state")),
        Channel.forNumber(row.getInteger("channel")),
        row.getOffsetDateTime("create_time").toInstant(),
        row.getOffsetDateTime("expire_time").toInstant(),
        payTime == null ? null : payTime.toInstant());
  }

  private static List<Line> lines(JsonArray json) {
    return IntStream.range(0, json.size())
        .mapToObj(json::getJsonObject)
        .map(
            line ->
                new Line(
                    line.getString("description"),
                    line.getInteger("quantity"),
                    line.getLong("amountMinor"),
                    LineKind.forNumber(line.getInteger("kind", 0))))
        .toList();
  }
}
