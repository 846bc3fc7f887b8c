package io.liangjiang.payments.settlement;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.platform.data.Page;
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
import org.jspecify.annotations.Nullable;

/** SQL of settlements. */
@ApplicationScoped
class SettlementRepository {
  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final String BALANCE =
      """
      select credits_minor - debits_minor from account where account_id = $1 for no key update
      """;
  // The reasons are those of TransferReason; whatever is none of them is an adjustment, as are
  // posts (kind 3) and reversals (6). Other kinds move nothing. Services may give their transfers
  // any reason, so that of a payout is believed only with the account that payouts go through.
  private static final String FOLD =
      """
      with movement as (
        select case
            when kind is not null then 0
            when reason_code in (24, 26) and $4 not in (debit_account_id, credit_account_id) then 0
            else reason_code end as reason,
          create_time < $3 as inside,
          case when credit_account_id = $1 then amount_minor else -amount_minor end as amount
        from transfer
        where create_time >= $2 and (credit_account_id = $1 or debit_account_id = $1)
          and (kind is null or kind in (3, 6)))
      select
        count(*) filter (where inside) as transfers,
        coalesce(sum(amount) filter (where inside and reason in (2, 6)), 0)::bigint as payments,
        coalesce(-sum(amount) filter (where inside and reason in (3, 4, 7)), 0)::bigint as refunds,
        coalesce(-sum(amount) filter (where inside and reason in (20, 21)), 0)::bigint as fees,
        coalesce(-sum(amount) filter (where inside and reason in (22, 23)), 0)::bigint as shares,
        coalesce(-sum(amount) filter (where inside and reason in (24, 26)), 0)::bigint as paid_out,
        coalesce(sum(amount) filter (where inside
          and reason not in (2, 6, 3, 4, 7, 20, 21, 22, 23, 24, 26)), 0)::bigint as adjustments,
        coalesce(sum(amount) filter (where not inside), 0)::bigint as later
      from movement
      """;
  private static final String INSERT =
      """
      insert into settlement (settlement_id, merchant_id, business_date, end_time, payments_minor,
        refunds_minor, fees_minor, shares_minor, adjustments_minor, paid_out_minor, opening_minor,
        closing_minor, create_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """;
  private static final String LAST =
      """
      select * from settlement where merchant_id = $1 order by business_date desc limit 1
      """;
  private static final String FIND =
      """
      select * from settlement where settlement_id = $1 and ($2::text is null or merchant_id = $2)
      """;
  private static final String PAGE =
      """
      select * from settlement where settlement_id < $1 and ($2::text is null or merchant_id = $2)
        and ($3 = '' or merchant_id = $3)
      order by settlement_id desc limit $4
      """;

  /** Locks a merchant's account and reads its balance: nothing moves it until the end. */
  Uni<Long> lockBalance(SqlClient tx, long accountId) {
    return tx.preparedQuery(BALANCE)
        .execute(Tuple.of(accountId))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /**
   * What a merchant's account did.
   *
   * @param transitId account of the money on its way to banks: what does not go there or come from
   *     there was not paid out, whatever its reason says
   */
  Uni<Movement> fold(SqlClient tx, long accountId, Instant from, Instant end, long transitId) {
    return tx.preparedQuery(FOLD)
        .execute(Tuple.of(accountId, ProtoTime.database(from), ProtoTime.database(end), transitId))
        .map(rows -> movement(rows.iterator().next(), ""));
  }

  Uni<Void> insert(SqlClient tx, DaySettlement settlement) {
    Movement movement = settlement.movement();
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    settlement.id(),
                    settlement.merchantId(),
                    settlement.businessDate(),
                    ProtoTime.database(BusinessDate.endOf(settlement.businessDate())),
                    movement.paymentsMinor(),
                    movement.refundsMinor(),
                    movement.feesMinor(),
                    movement.sharesMinor(),
                    movement.adjustmentsMinor(),
                    movement.paidOutMinor(),
                    settlement.openingMinor(),
                    settlement.closingMinor(),
                    ProtoTime.database(settlement.createTime()))))
        .replaceWithVoid();
  }

  /** The merchant's last settlement, if there is one. */
  Uni<List<DaySettlement>> last(SqlClient tx, String merchantId) {
    return tx.preparedQuery(LAST).execute(Tuple.of(merchantId)).map(SettlementRepository::all);
  }

  /**
   * One settlement.
   *
   * @param ownerId the merchant whose staff asks; null for those who may see all
   */
  Uni<List<DaySettlement>> find(SqlClient client, UUID id, @Nullable String ownerId) {
    return client.preparedQuery(FIND).execute(Tuple.of(id, ownerId)).map(SettlementRepository::all);
  }

  Uni<List<DaySettlement>> page(
      SqlClient client, @Nullable String ownerId, String merchantId, Page page) {
    UUID before = page.isFirst() ? LAST_ID : page.keyUuid(0);
    return client
        .preparedQuery(PAGE)
        .execute(Tuple.from(Arrays.asList(before, ownerId, merchantId, page.limit())))
        .map(SettlementRepository::all);
  }

  private static List<DaySettlement> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(SettlementRepository::settlement)
        .toList();
  }

  private static DaySettlement settlement(Row row) {
    return new DaySettlement(
        row.getUUID("settlement_id"),
        row.getString("merchant_id"),
        row.getLocalDate("business_date"),
        movement(row, "_minor"),
        row.getLong("opening_minor"),
        row.getLong("closing_minor"),
        row.getOffsetDateTime("create_time").toInstant());
  }

  private static Movement movement(Row row, String suffix) {
    boolean folded = suffix.isEmpty();
    return new Movement(
        folded ? row.getLong("transfers") : 0,
        row.getLong("payments" + suffix),
        row.getLong("refunds" + suffix),
        row.getLong("fees" + suffix),
        row.getLong("shares" + suffix),
        row.getLong("adjustments" + suffix),
        row.getLong("paid_out" + suffix),
        folded ? row.getLong("later") : 0);
  }
}
