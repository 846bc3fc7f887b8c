package io.liangjiang.payments.deduction;

import io.liangjiang.payments.ledger.SystemAccounts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL of deductions. */
@ApplicationScoped
class DeductionRepository {
  private static final String PUT =
      """
      insert into deduction (payment_id, position, receiver_merchant_id, gross_minor, full_minor,
        taken_minor, booked, on_request)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (payment_id, position) do update set
        taken_minor = excluded.taken_minor, booked = excluded.booked
      """;
  private static final String OF_PAYMENT =
      """
      select deduction.*, coalesce(merchant.account_id, account.account_id, 0) as account_id
      from deduction
        left join merchant on merchant_id = receiver_merchant_id
        left join account on receiver_merchant_id is null and account.code = $2
      where payment_id = $1 order by position
      """;

  Uni<Void> put(SqlClient tx, List<Deduction> deductions) {
    if (deductions.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(PUT)
        .executeBatch(deductions.stream().map(DeductionRepository::tuple).toList())
        .replaceWithVoid();
  }

  Uni<List<Deduction>> ofPayment(SqlClient client, UUID paymentId) {
    return client
        .preparedQuery(OF_PAYMENT)
        .execute(Tuple.of(paymentId, SystemAccounts.FEE_INCOME))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(DeductionRepository::deduction)
                    .toList());
  }

  private static Tuple tuple(Deduction deduction) {
    return Tuple.from(
        Arrays.asList(
            deduction.paymentId(),
            (short) deduction.position(),
            deduction.receiverId(),
            deduction.grossMinor(),
            deduction.fullMinor(),
            deduction.takenMinor(),
            deduction.booked(),
            deduction.onRequest()));
  }

  private static Deduction deduction(Row row) {
    return new Deduction(
        row.getUUID("payment_id"),
        row.getShort("position"),
        row.getString("receiver_merchant_id"),
        row.getLong("account_id"),
        row.getLong("gross_minor"),
        row.getLong("full_minor"),
        row.getLong("taken_minor"),
        row.getBoolean("booked"),
        row.getBoolean("on_request"));
  }
}
