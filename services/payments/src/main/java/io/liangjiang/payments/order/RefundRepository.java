package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.Refund.State;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL of refunds. */
@ApplicationScoped
class RefundRepository {
  private static final String INSERT =
      """
      insert into refund (refund_id, payment_order_id, channel_payment_id, amount_minor,
        insurance_minor, insurance_reversed, state, reason, late, create_time, check_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
      """;
  private static final String FIND = "select * from refund where refund_id = $1";
  private static final String STATE = "update refund set state = $2 where refund_id = $1";
  private static final String REVERSED =
      "update refund set insurance_reversed = true where refund_id = $1";
  private static final String CASH_ALONE =
      """
      update refund set amount_minor = amount_minor - insurance_minor, insurance_minor = 0,
        insurance_reversed = false
      where refund_id = $1
      """;
  private static final String GIVEN_TO_INSURANCE =
      """
      select exists (select from refund where payment_order_id = $1 and insurance_minor > 0 and state <> 3)
      """;
  private static final String PAID_ATTEMPT =
      """
      select channel_payment_id from channel_payment
      where state = 2 and (payment_order_id = $1 or combined_order_id =
        (select combined_order_id from payment_order where payment_order_id = $1))
      """;
  private static final String DUE =
      """
      update refund set checks = checks + 1,
        check_time = $1::timestamptz + least(interval '10 minutes', interval '5 seconds' * power(2, least(checks, 10)))
      where refund_id in (
        select refund_id from refund where state = 1 and check_time <= $1
        order by check_time limit $2 for update skip locked)
      returning *
      """;

  Uni<Void> insert(SqlClient tx, OrderRefund refund) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    refund.id(),
                    refund.orderId(),
                    refund.channelPaymentId(),
                    refund.amountMinor(),
                    refund.insuranceMinor(),
                    refund.insuranceReversed(),
                    refund.state().getNumber(),
                    refund.reason(),
                    refund.late(),
                    ProtoTime.database(refund.createTime()))))
        .replaceWithVoid();
  }

  Uni<List<OrderRefund>> find(SqlClient client, UUID id) {
    return client.preparedQuery(FIND).execute(Tuple.of(id)).map(RefundRepository::all);
  }

  Uni<List<OrderRefund>> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(FIND + " for update").execute(Tuple.of(id)).map(RefundRepository::all);
  }

  Uni<Void> writeState(SqlClient tx, UUID id, State state) {
    return tx.preparedQuery(STATE).execute(Tuple.of(id, state.getNumber())).replaceWithVoid();
  }

  /** The bureau has taken its part of a refund back. */
  Uni<Void> writeReversed(SqlClient tx, UUID id) {
    return tx.preparedQuery(REVERSED).execute(Tuple.of(id)).replaceWithVoid();
  }

  /** Leaves a refund with its cash; what the bureau took back is another refund's. */
  Uni<Void> leaveCashAlone(SqlClient tx, UUID id) {
    return tx.preparedQuery(CASH_ALONE).execute(Tuple.of(id)).replaceWithVoid();
  }

  /** Whether the insured part of an order goes or went back. */
  Uni<Boolean> isGivenToInsurance(SqlClient tx, UUID orderId) {
    return tx.preparedQuery(GIVEN_TO_INSURANCE)
        .execute(Tuple.of(orderId))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** The attempt that collected an order's money. */
  Uni<UUID> paidAttempt(SqlClient tx, UUID orderId) {
    return tx.preparedQuery(PAID_ATTEMPT)
        .execute(Tuple.of(orderId))
        .map(rows -> rows.iterator().next().getUUID(0));
  }

  /** Pending refunds whose turn it is; each is put off, further each time. */
  Uni<List<OrderRefund>> takeDue(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(DUE)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(RefundRepository::all);
  }

  private static List<OrderRefund> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(RefundRepository::refund).toList();
  }

  private static OrderRefund refund(Row row) {
    return new OrderRefund(
        row.getUUID("refund_id"),
        row.getUUID("payment_order_id"),
        row.getUUID("channel_payment_id"),
        row.getLong("amount_minor"),
        row.getLong("insurance_minor"),
        row.getBoolean("insurance_reversed"),
        State.forNumber(row.getInteger("state")),
        row.getString("reason"),
        row.getBoolean("late"),
        row.getOffsetDateTime("create_time").toInstant());
  }
}
