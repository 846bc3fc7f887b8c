package io.liangjiang.identity.passkey;

import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table passkey. */
@ApplicationScoped
class PasskeyRepository {
  private static final int MAX_LISTED = 100;
  private static final String INSERT =
      """
      insert into passkey (passkey_id, account_kind, account_id, credential_id, credential_data,
        sign_count, backup_eligible, backed_up, label, create_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
      """;
  private static final String FIND = "select * from passkey where credential_id = $1";
  private static final String IDS =
      "select credential_id from passkey where account_id = $1 limit " + MAX_LISTED;
  private static final String COUNT_ON =
      """
      update passkey set sign_count = $2, backed_up = $3
      where passkey_id = $1 and (sign_count < $2 or (sign_count = 0 and $2 = 0))
      """;

  /** Keeps it; false when the device's key belongs to somebody already. */
  Uni<Boolean> insert(SqlConnection tx, Passkey passkey, Instant now) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    passkey.id(),
                    passkey.account().kind().name(),
                    passkey.account().id(),
                    Buffer.buffer(passkey.credentialId()),
                    Buffer.buffer(passkey.credentialData()),
                    passkey.signCount(),
                    passkey.backupEligible(),
                    passkey.backedUp(),
                    passkey.label(),
                    ProtoTime.database(now))))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Optional<Passkey>> find(SqlClient client, byte[] credentialId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(Buffer.buffer(credentialId)))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(passkey(rows.iterator().next())));
  }

  /** Ids of the account's keys, as their devices know them. */
  Uni<List<byte[]>> credentialIds(SqlClient client, UUID accountId) {
    return client
        .preparedQuery(IDS)
        .execute(Tuple.of(accountId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> Columns.bytes(row, "credential_id"))
                    .toList());
  }

  /** Counts on; false when another answer was quicker with that count: one of them is a copy's. */
  Uni<Boolean> countOn(SqlConnection tx, UUID passkeyId, long signCount, boolean backedUp) {
    return tx.preparedQuery(COUNT_ON)
        .execute(Tuple.of(passkeyId, signCount, backedUp))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Passkey passkey(Row row) {
    return new Passkey(
        row.getUUID("passkey_id"),
        new Account(Account.Kind.valueOf(row.getString("account_kind")), row.getUUID("account_id")),
        Columns.bytes(row, "credential_id"),
        Columns.bytes(row, "credential_data"),
        row.getLong("sign_count"),
        row.getBoolean("backup_eligible"),
        row.getBoolean("backed_up"),
        row.getString("label"));
  }
}
