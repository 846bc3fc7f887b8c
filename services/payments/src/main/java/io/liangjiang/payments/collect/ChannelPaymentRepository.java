package io.liangjiang.payments.collect;

import io.liangjiang.payments.collect.ChannelPayment.Purpose;
import io.liangjiang.payments.collect.ChannelPayment.State;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL of the attempts to collect money. */
@ApplicationScoped
class ChannelPaymentRepository {
  private static final String INSERT =
      """
      insert into channel_payment (channel_payment_id, payment_order_id, combined_order_id,
        mixed_payment_id, payer_citizen_id, payer_open_id, channel, description, amount_minor, state,
        create_time, expire_time, check_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12)
      """;
  private static final String FIND = "select * from channel_payment where channel_payment_id = $1";
  private static final String OPEN_OF_ORDER =
      """
      select * from channel_payment where (payment_order_id = $1 or combined_order_id = $1) and state = 1
      """;
  private static final String PREPARED =
      "update channel_payment set pay_parameters = $2 where channel_payment_id = $1 and state = 1";
  private static final String END =
      """
      update channel_payment set state = $2, transaction_id = $3, pay_parameters = '{}',
        payer_open_id = ''
      where channel_payment_id = $1
      """;
  private static final String DUE =
      """
      update channel_payment set checks = checks + 1,
        check_time = $1::timestamptz + least(interval '10 minutes', interval '5 seconds' * power(2, least(checks, 10)))
      where channel_payment_id in (
        select channel_payment_id from channel_payment where state = 1 and check_time <= $1
        order by check_time limit $2 for update skip locked)
      returning *
      """;

  Uni<Void> insert(SqlClient tx, ChannelPayment payment, Instant checkTime) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    payment.id(),
                    payment.orderId(),
                    payment.combinedOrderId(),
                    payment.mixedPaymentId(),
                    payment.payerId(),
                    payment.payerOpenId(),
                    payment.channel().getNumber(),
                    payment.description(),
                    payment.amountMinor(),
                    ProtoTime.database(payment.createTime()),
                    ProtoTime.database(payment.expireTime()),
                    ProtoTime.database(checkTime))))
        .replaceWithVoid();
  }

  Uni<List<ChannelPayment>> find(SqlClient client, UUID id) {
    return client.preparedQuery(FIND).execute(Tuple.of(id)).map(ChannelPaymentRepository::all);
  }

  Uni<List<ChannelPayment>> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(FIND + " for update")
        .execute(Tuple.of(id))
        .map(ChannelPaymentRepository::all);
  }

  Uni<List<ChannelPayment>> openOfOrder(SqlClient client, UUID orderId) {
    return client
        .preparedQuery(OPEN_OF_ORDER)
        .execute(Tuple.of(orderId))
        .map(ChannelPaymentRepository::all);
  }

  Uni<Void> prepared(SqlClient client, UUID id, Map<String, String> payParameters) {
    var json = new JsonObject(new HashMap<>(payParameters));
    return client.preparedQuery(PREPARED).execute(Tuple.of(id, json)).replaceWithVoid();
  }

  Uni<Void> end(SqlClient tx, UUID id, State state, String transactionId) {
    return tx.preparedQuery(END)
        .execute(Tuple.of(id, state.number(), transactionId))
        .replaceWithVoid();
  }

  /** Pending attempts whose turn it is; each is put off, further each time. */
  Uni<List<ChannelPayment>> takeDue(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(DUE)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(ChannelPaymentRepository::all);
  }

  private static List<ChannelPayment> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(ChannelPaymentRepository::payment)
        .toList();
  }

  private static ChannelPayment payment(Row row) {
    Map<String, String> parameters = new HashMap<>();
    row.getJsonObject("pay_parameters")
        .forEach(e -> parameters.put(e.getKey(), String.valueOf(e.getValue())));
    return new ChannelPayment(
        row.getUUID("channel_payment_id"),
        new Purpose(
            row.getUUID("payment_order_id"),
            row.getUUID("combined_order_id"),
            row.getUUID("mixed_payment_id")),
        row.getUUID("payer_citizen_id"),
        row.getString("payer_open_id"),
        Channel.forNumber(row.getInteger("channel")),
        row.getString("description"),
        row.getLong("amount_minor"),
        State.of(row.getInteger("state")),
        parameters,
        row.getOffsetDateTime("create_time").toInstant(),
        row.getOffsetDateTime("expire_time").toInstant());
  }
}
