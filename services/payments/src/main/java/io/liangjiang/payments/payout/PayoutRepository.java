package io.liangjiang.payments.payout;

import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.liangjiang.payments.v1.Payout.State;
import io.liangjiang.platform.data.Page;
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
import org.jspecify.annotations.Nullable;

/** SQL of payouts. */
@ApplicationScoped
class PayoutRepository {
  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final String DUE =
      """
      select
        (select coalesce(sum(net_minor), 0)::bigint from settlement where merchant_id = $1) as settled,
        (select coalesce(sum(amount_minor), 0)::bigint from payout
          where merchant_id = $1 and state <> 4) as paid,
        (select credits_minor - debits_minor - debits_pending_minor from account where account_id = $2) as balance,
        (select settlement_id from settlement where merchant_id = $1
          order by business_date desc limit 1) as settlement_id,
        exists (select from payout where merchant_id = $1 and state in (1, 2)) as under_way
      """;
  private static final String INSERT =
      """
      insert into payout (payout_id, merchant_id, settlement_id, amount_minor, bank_code,
        bank_account_number, bank_account_name, state, create_time, check_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
      """;
  private static final String PROCESSING =
      "update payout set state = 2 where payout_id = $1 and state = 1";
  private static final String END =
      """
      update payout set state = $2, bank_reference = $3, refusal = $4, end_time = $5
      where payout_id = $1
      """;
  private static final String LOCK = "select * from payout where payout_id = $1 for update";
  private static final String FIND =
      "select * from payout where payout_id = $1 and ($2::text is null or merchant_id = $2)";
  private static final String PAGE =
      """
      select * from payout where payout_id < $1 and ($2::text is null or merchant_id = $2)
        and ($3 = '' or merchant_id = $3)
      order by payout_id desc limit $4
      """;
  private static final String TAKE =
      """
      update payout set checks = checks + 1,
        check_time = $1::timestamptz + least(interval '10 minutes', interval '5 seconds' * power(2, least(checks, 10)))
      where payout_id in (
        select payout_id from payout where state in (1, 2) and check_time <= $1
        order by check_time limit $2 for update skip locked)
      returning *
      """;

  /**
   * How a merchant stands.
   *
   * @param lastSettlementId its last settlement; null when it has none
   */
  record Due(
      long settledMinor,
      long paidMinor,
      long balanceMinor,
      @Nullable UUID lastSettlementId,
      boolean underWay) {}

  Uni<Due> due(SqlClient tx, Merchant merchant) {
    return tx.preparedQuery(DUE)
        .execute(Tuple.of(merchant.id(), merchant.accountId()))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new Due(
                    row.getLong("settled"),
                    row.getLong("paid"),
                    row.getLong("balance"),
                    row.getUUID("settlement_id"),
                    row.getBoolean("under_way")));
  }

  Uni<Void> insert(SqlClient tx, MerchantPayout payout) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    payout.id(),
                    payout.merchantId(),
                    payout.settlementId(),
                    payout.amountMinor(),
                    payout.account().bankCode(),
                    payout.account().number(),
                    payout.account().name(),
                    (short) payout.state().getNumber(),
                    ProtoTime.database(payout.createTime()))))
        .replaceWithVoid();
  }

  Uni<Void> processing(SqlClient client, UUID id) {
    return client.preparedQuery(PROCESSING).execute(Tuple.of(id)).replaceWithVoid();
  }

  Uni<Void> end(SqlClient tx, MerchantPayout payout, Instant time) {
    return tx.preparedQuery(END)
        .execute(
            Tuple.of(
                payout.id(),
                (short) payout.state().getNumber(),
                payout.bankReference(),
                payout.refusal(),
                ProtoTime.database(time)))
        .replaceWithVoid();
  }

  Uni<MerchantPayout> lock(SqlClient tx, UUID id) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> all(rows).getFirst());
  }

  /**
   * One payout.
   *
   * @param ownerId the merchant whose staff asks; null for those who may see all
   */
  Uni<List<MerchantPayout>> find(SqlClient client, UUID id, @Nullable String ownerId) {
    return client.preparedQuery(FIND).execute(Tuple.of(id, ownerId)).map(PayoutRepository::all);
  }

  Uni<List<MerchantPayout>> page(
      SqlClient client, @Nullable String ownerId, String merchantId, Page page) {
    UUID before = page.isFirst() ? LAST_ID : page.keyUuid(0);
    return client
        .preparedQuery(PAGE)
        .execute(Tuple.from(Arrays.asList(before, ownerId, merchantId, page.limit())))
        .map(PayoutRepository::all);
  }

  /** Payouts under way whose turn it is; each is put off, further each time. */
  Uni<List<MerchantPayout>> takeDue(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(TAKE)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(PayoutRepository::all);
  }

  private static List<MerchantPayout> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(PayoutRepository::payout).toList();
  }

  private static MerchantPayout payout(Row row) {
    OffsetDateTime endTime = row.getOffsetDateTime("end_time");
    return new MerchantPayout(
        row.getUUID("payout_id"),
        row.getString("merchant_id"),
        row.getUUID("settlement_id"),
        row.getLong("amount_minor"),
        new BankAccount(
            row.getString("bank_code"),
            row.getString("bank_account_number"),
            row.getString("bank_account_name")),
        State.forNumber(row.getShort("state")),
        row.getString("bank_reference"),
        row.getString("refusal"),
        row.getOffsetDateTime("create_time").toInstant(),
        endTime == null ? null : endTime.toInstant());
  }
}
