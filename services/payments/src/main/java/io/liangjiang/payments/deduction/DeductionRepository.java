package io.liangjiang.payments.deduction;

import io.liangjiang.payments.ledger.SystemAccounts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** SQL of deductions. */
@ApplicationScoped
class DeductionRepository {
  private static final String PUT =
      """
      insert into deduction (payment_id, position, receiver_merchant_id, gross_minor, full_minor,
        taken_minor, booked, on_request)
      select * from unnest($1::uuid[], $2::smallint[], $3::text[], $4::bigint[], $5::bigint[],
        $6::bigint[], $7::boolean[], $8::boolean[])
      on conflict (payment_id, position) do update set
        taken_minor = excluded.taken_minor, booked = excluded.booked
      """;
  private static final String OF_PAYMENTS =
      """
      select deduction.*, coalesce(merchant.account_id, account.account_id, 0) as account_id
      from deduction
        left join merchant on merchant_id = receiver_merchant_id
        left join account on receiver_merchant_id is null and account.code = $2
      where payment_id = any ($1) order by payment_id, position
      """;

  Uni<Void> put(SqlClient tx, List<Deduction> deductions) {
    if (deductions.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(PUT)
        .execute(
            Tuple.from(
                List.of(
                    column(deductions, Deduction::paymentId, UUID[]::new),
                    column(deductions, each -> (short) each.position(), Short[]::new),
                    column(deductions, Deduction::receiverId, String[]::new),
                    column(deductions, Deduction::grossMinor, Long[]::new),
                    column(deductions, Deduction::fullMinor, Long[]::new),
                    column(deductions, Deduction::takenMinor, Long[]::new),
                    column(deductions, Deduction::booked, Boolean[]::new),
                    column(deductions, Deduction::onRequest, Boolean[]::new))))
        .replaceWithVoid();
  }

  Uni<List<Deduction>> ofPayments(SqlClient client, Collection<UUID> paymentIds) {
    return client
        .preparedQuery(OF_PAYMENTS)
        .execute(Tuple.of(paymentIds.toArray(UUID[]::new), SystemAccounts.FEE_INCOME))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(DeductionRepository::deduction)
                    .toList());
  }

  private static <T> T[] column(
      List<Deduction> deductions, Function<Deduction, @Nullable T> value, IntFunction<T[]> array) {
    return deductions.stream().map(value).toArray(array);
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
