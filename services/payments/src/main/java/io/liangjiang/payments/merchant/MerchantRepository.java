package io.liangjiang.payments.merchant;

import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.liangjiang.payments.merchant.Merchant.Share;
import io.liangjiang.payments.merchant.Merchant.Terms;
import io.liangjiang.payments.v1.Merchant.State;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** SQL of merchants. */
@ApplicationScoped
class MerchantRepository {
  private static final String INSERT =
      """
      insert into merchant (display_name, state, fee_bps, settlement_delay_days, share_limit_bps, shares,
        bank_code, bank_account_number, bank_account_name, merchant_id, account_id, create_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (merchant_id) do nothing
      """;
  private static final String UPDATE =
      """
      update merchant set display_name = $1, state = $2, fee_bps = $3, settlement_delay_days = $4,
        share_limit_bps = $5, shares = $6, bank_code = $7, bank_account_number = $8, bank_account_name = $9
      where merchant_id = $10
      """;
  private static final String FIND = "select * from merchant where merchant_id = $1";
  private static final String FIND_ALL = "select * from merchant where merchant_id = any ($1)";
  private static final String OF_STAFF =
      "select * from merchant where merchant_id = $1 and merchant_id = $2";
  private static final String LOCK = FIND + " for no key update";
  private static final String AFTER =
      "select * from merchant where merchant_id > $1 order by merchant_id limit $2";
  private static final String MISSING =
      """
      select id from unnest($1::text[]) as id
      where not exists (select from merchant where merchant_id = id) limit 1
      """;

  /** Adds a merchant; false when the id is taken. */
  Uni<Boolean> insert(SqlClient tx, Merchant merchant) {
    Tuple tuple = tuple(merchant);
    tuple.addLong(merchant.accountId());
    tuple.addOffsetDateTime(ProtoTime.database(merchant.createTime()));
    return tx.preparedQuery(INSERT).execute(tuple).map(rows -> rows.rowCount() == 1);
  }

  Uni<Void> update(SqlClient tx, Merchant merchant) {
    return tx.preparedQuery(UPDATE).execute(tuple(merchant)).replaceWithVoid();
  }

  Uni<List<Merchant>> find(SqlClient client, String id) {
    return client.preparedQuery(FIND).execute(Tuple.of(id)).map(MerchantRepository::all);
  }

  Uni<List<Merchant>> findAll(SqlClient client, Collection<String> ids) {
    return client
        .preparedQuery(FIND_ALL)
        .execute(Tuple.of((Object) ids.toArray(String[]::new)))
        .map(MerchantRepository::all);
  }

  /** The merchant, if it is the one whose staff asks. */
  Uni<List<Merchant>> ofStaff(SqlClient client, String id, String organisationId) {
    return client
        .preparedQuery(OF_STAFF)
        .execute(Tuple.of(id, organisationId))
        .map(MerchantRepository::all);
  }

  Uni<List<Merchant>> lock(SqlClient tx, String id) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(MerchantRepository::all);
  }

  Uni<List<Merchant>> page(SqlClient client, Page page) {
    return after(client, page.isFirst() ? "" : page.keyText(0), page.limit());
  }

  Uni<List<Merchant>> after(SqlClient client, String id, int limit) {
    return client.preparedQuery(AFTER).execute(Tuple.of(id, limit)).map(MerchantRepository::all);
  }

  /** One of the ids that no merchant has, if there is one. */
  Uni<List<String>> missing(SqlClient client, Collection<String> ids) {
    return client
        .preparedQuery(MISSING)
        .execute(Tuple.of((Object) ids.toArray(String[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString(0))
                    .toList());
  }

  private static Tuple tuple(Merchant merchant) {
    Terms terms = merchant.terms();
    var account = Objects.requireNonNullElse(merchant.bankAccount(), new BankAccount("", "", ""));
    return Tuple.from(
        Arrays.asList(
            merchant.displayName(),
            (short) merchant.state().getNumber(),
            terms.feeBasisPoints(),
            terms.settlementDelayDays(),
            terms.shareLimitBasisPoints(),
            json(terms.shares()),
            account.bankCode(),
            account.number(),
            account.name(),
            merchant.id()));
  }

  private static JsonArray json(List<Share> shares) {
    var array = new JsonArray();
    shares.forEach(
        share ->
            array.add(JsonObject.of("receiver", share.receiverId(), "bps", share.basisPoints())));
    return array;
  }

  private static List<Merchant> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(MerchantRepository::merchant)
        .toList();
  }

  private static Merchant merchant(Row row) {
    return new Merchant(
        row.getString("merchant_id"),
        row.getString("display_name"),
        State.forNumber(row.getShort("state")),
        new Terms(
            row.getInteger("fee_bps"),
            row.getInteger("settlement_delay_days"),
            row.getInteger("share_limit_bps"),
            shares(row.getJsonArray("shares"))),
        account(row),
        row.getLong("account_id"),
        row.getOffsetDateTime("create_time").toInstant());
  }

  private static @Nullable BankAccount account(Row row) {
    String number = row.getString("bank_account_number");
    return number.isEmpty()
        ? null
        : new BankAccount(row.getString("bank_code"), number, row.getString("bank_account_name"));
  }

  private static List<Share> shares(JsonArray json) {
    return IntStream.range(0, json.size())
        .mapToObj(json::getJsonObject)
        .map(share -> new Share(share.getString("receiver"), share.getInteger("bps")))
        .toList();
  }
}
