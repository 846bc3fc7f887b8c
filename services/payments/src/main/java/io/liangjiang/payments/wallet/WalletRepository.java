package io.liangjiang.payments.wallet;

import io.liangjiang.payments.v1.WalletEntry.Kind;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** SQL of wallets and their statements. */
@ApplicationScoped
class WalletRepository {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final String FIND = "select * from wallet where citizen_id = any ($1)";
  private static final String INSERT =
      """
      insert into wallet (citizen_id, wallet_id, account_id, create_time)
      values ($1, $2, $3, $4) on conflict (citizen_id) do nothing
      """;
  private static final String ENTER =
      """
      insert into wallet_entry (citizen_id, transfer_id, kind, amount_minor, reference_id,
        delegate_citizen_id, create_time)
      select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[],
        $6::uuid[], $7::timestamptz[])
      """;
  private static final String ENTRIES =
      """
      select * from wallet_entry where citizen_id = $1 and (create_time, transfer_id) < ($2, $3)
      order by create_time desc, transfer_id desc limit $4
      """;

  Uni<List<CitizenWallet>> find(SqlClient client, UUID citizenId) {
    return findAll(client, List.of(citizenId));
  }

  Uni<List<CitizenWallet>> findAll(SqlClient client, Collection<UUID> citizenIds) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of((Object) citizenIds.toArray(UUID[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(WalletRepository::wallet)
                    .toList());
  }

  Uni<Void> insert(SqlClient tx, CitizenWallet wallet) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                wallet.citizenId(),
                wallet.walletId(),
                wallet.accountId(),
                ProtoTime.database(wallet.createTime())))
        .replaceWithVoid();
  }

  Uni<Void> enter(SqlClient tx, List<Entry> entries) {
    if (entries.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(ENTER)
        .execute(
            Tuple.from(
                List.of(
                    entries.stream().map(Entry::citizenId).toArray(UUID[]::new),
                    entries.stream().map(Entry::transferId).toArray(UUID[]::new),
                    entries.stream().map(e -> (short) e.kind().getNumber()).toArray(Short[]::new),
                    entries.stream().map(Entry::amountMinor).toArray(Long[]::new),
                    entries.stream().map(Entry::referenceId).toArray(UUID[]::new),
                    entries.stream().map(Entry::delegateId).toArray(UUID[]::new),
                    entries.stream()
                        .map(e -> ProtoTime.database(e.createTime()))
                        .toArray(OffsetDateTime[]::new))))
        .replaceWithVoid();
  }

  Uni<List<Entry>> entries(SqlClient client, UUID citizenId, Page page) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(ENTRIES)
        .execute(Tuple.of(citizenId, ProtoTime.database(before), beforeId, page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(WalletRepository::entry)
                    .toList());
  }

  private static CitizenWallet wallet(Row row) {
    return new CitizenWallet(
        row.getUUID("citizen_id"),
        row.getUUID("wallet_id"),
        row.getLong("account_id"),
        row.getOffsetDateTime("create_time").toInstant());
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getUUID("citizen_id"),
        row.getUUID("transfer_id"),
        Kind.forNumber(row.getInteger("kind")),
        row.getLong("amount_minor"),
        row.getUUID("reference_id"),
        row.getUUID("delegate_citizen_id"),
        row.getOffsetDateTime("create_time").toInstant());
  }
}
