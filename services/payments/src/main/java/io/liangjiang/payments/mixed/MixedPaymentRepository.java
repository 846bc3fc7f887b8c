package io.liangjiang.payments.mixed;

import io.liangjiang.payments.channel.MixedOrders.Institution;
import io.liangjiang.payments.insurance.InsuranceBureau.Split;
import io.liangjiang.payments.mixed.MixedPayment.Bill;
import io.liangjiang.payments.mixed.MixedPayment.Part;
import io.liangjiang.payments.mixed.MixedPayment.Progress;
import io.liangjiang.payments.mixed.MixedPayment.State;
import io.liangjiang.payments.v1.Channel;
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

/** SQL of payments by insurance and cash. */
@ApplicationScoped
class MixedPaymentRepository {
  private static final String INSERT =
      """
      insert into mixed_payment (mixed_payment_id, payment_order_id, payer_citizen_id, payer_open_id,
        cash_channel, institution_number, institution_name, authorization_number, insurable_minor,
        added_minor, reduced_minor, create_time, expire_time, check_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;
  private static final String FIND = "select * from mixed_payment where mixed_payment_id = $1";
  private static final String LATEST =
      """
      select * from mixed_payment where payment_order_id = $1
      order by create_time desc, mixed_payment_id desc limit 1
      """;
  private static final String PROGRESS =
      """
      update mixed_payment set pay_order_id = $2, fund_minor = $3, account_minor = $4,
        other_minor = $5, cash_minor = $6, placed = $7, cash_state = $8, insurance_state = $9,
        state = $10, failure = $11, authorization_number = $12, check_time = $13,
        payer_open_id = $14
      where mixed_payment_id = $1
      """;
  private static final String DUE =
      """
      update mixed_payment set checks = checks + 1,
        check_time = $1::timestamptz + least(interval '10 minutes', interval '5 seconds' * power(2, least(checks, 10)))
      where mixed_payment_id in (
        select mixed_payment_id from mixed_payment where state = 1 and check_time <= $1
        order by check_time limit $2 for update skip locked)
      returning mixed_payment_id
      """;

  Uni<Void> insert(SqlClient tx, MixedPayment payment, Instant checkTime) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    payment.id(),
                    payment.orderId(),
                    payment.payerId(),
                    payment.payerOpenId(),
                    payment.cashChannel().getNumber(),
                    payment.institution().number(),
                    payment.institution().name(),
                    payment.authorization(),
                    payment.bill().insurableMinor(),
                    payment.bill().addedMinor(),
                    payment.bill().reducedMinor(),
                    ProtoTime.database(payment.createTime()),
                    ProtoTime.database(payment.expireTime()),
                    ProtoTime.database(checkTime))))
        .replaceWithVoid();
  }

  Uni<MixedPayment> find(SqlClient client, UUID id) {
    return client.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> all(rows).getFirst());
  }

  Uni<MixedPayment> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(FIND + " for update")
        .execute(Tuple.of(id))
        .map(rows -> all(rows).getFirst());
  }

  /** The last attempt to pay an order so. */
  Uni<List<MixedPayment>> latestOf(SqlClient client, UUID orderId) {
    return client.preparedQuery(LATEST).execute(Tuple.of(orderId)).map(MixedPaymentRepository::all);
  }

  /** Writes how far a locked attempt is, and when the sweep goes on with it. */
  Uni<Void> write(SqlClient tx, MixedPayment payment, Instant checkTime) {
    Progress progress = payment.progress();
    Split split = progress.split();
    return tx.preparedQuery(PROGRESS)
        .execute(
            Tuple.from(
                Arrays.asList(
                    payment.id(),
                    split == null ? null : split.payOrderId(),
                    split == null ? 0 : split.fundMinor(),
                    split == null ? 0 : split.accountMinor(),
                    split == null ? 0 : split.otherMinor(),
                    split == null ? 0 : split.cashMinor(),
                    progress.placed(),
                    progress.cash().ordinal(),
                    progress.insurance().ordinal(),
                    progress.state().number(),
                    progress.failure(),
                    payment.authorization(),
                    ProtoTime.database(checkTime),
                    payment.payerOpenId())))
        .replaceWithVoid();
  }

  /** Open attempts whose turn it is; each is put off, further each time. */
  Uni<List<UUID>> takeDue(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(DUE)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getUUID("mixed_payment_id"))
                    .toList());
  }

  private static List<MixedPayment> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(MixedPaymentRepository::payment)
        .toList();
  }

  private static MixedPayment payment(Row row) {
    return new MixedPayment(
        row.getUUID("mixed_payment_id"),
        row.getUUID("payment_order_id"),
        row.getUUID("payer_citizen_id"),
        row.getString("payer_open_id"),
        Channel.forNumber(row.getInteger("cash_channel")),
        new Institution(row.getString("institution_number"), row.getString("institution_name")),
        row.getString("authorization_number"),
        new Bill(
            row.getLong("insurable_minor"),
            row.getLong("added_minor"),
            row.getLong("reduced_minor")),
        progress(row),
        row.getOffsetDateTime("create_time").toInstant(),
        row.getOffsetDateTime("expire_time").toInstant());
  }

  private static Progress progress(Row row) {
    String payOrderId = row.getString("pay_order_id");
    Split split =
        payOrderId == null
            ? null
            : new Split(
                payOrderId,
                row.getLong("fund_minor"),
                row.getLong("account_minor"),
                row.getLong("other_minor"),
                row.getLong("cash_minor"));
    return new Progress(
        split,
        row.getBoolean("placed"),
        Part.values()[row.getInteger("cash_state")],
        Part.values()[row.getInteger("insurance_state")],
        State.of(row.getInteger("state")),
        row.getString("failure"));
  }
}
