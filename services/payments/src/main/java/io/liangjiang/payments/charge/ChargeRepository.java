package io.liangjiang.payments.charge;

import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** SQL of charges. */
@ApplicationScoped
class ChargeRepository {
  private static final String INSERT =
      """
      insert into charge (charge_id, payer_citizen_id, merchant_id, created_by, business_reference,
        description, amount_minor, state, create_time)
      select new.*, $9 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
        $6::text[], $7::bigint[], $8::smallint[]) as new
      """;

  /** Writes down charges that were made at the same time. */
  Uni<Void> insert(SqlClient tx, List<Charges.Made> charges) {
    if (charges.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    column(charges, made -> made.wanted().chargeId(), UUID[]::new),
                    column(charges, made -> made.wanted().payerId(), UUID[]::new),
                    column(charges, made -> made.charge().getMerchantId(), String[]::new),
                    column(charges, made -> made.wanted().createdBy(), String[]::new),
                    column(charges, made -> made.charge().getBusinessReference(), String[]::new),
                    column(charges, made -> made.charge().getDescription(), String[]::new),
                    column(charges, made -> made.wanted().amountMinor(), Long[]::new),
                    column(charges, made -> (short) made.charge().getStateValue(), Short[]::new),
                    ProtoTime.database(charges.getFirst().time()))))
        .replaceWithVoid();
  }

  private static <T> T[] column(
      List<Charges.Made> charges, Function<Charges.Made, T> value, IntFunction<T[]> array) {
    return charges.stream().map(value).toArray(array);
  }
}
