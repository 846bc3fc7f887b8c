package io.liangjiang.transit.key;

import io.liangjiang.citycode.SigningKey;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.key.KeyRing.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** The table of signing keys; private parts pass through the vault in both directions. */
@ApplicationScoped
public class SigningKeyRepository {
  // Any constant will do: it only has to be the same in every replica.
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('signing_key', 0))";
  private static final String LIST = "select * from signing_key order by sign_start_time";
  private static final String INSERT =
      """
      insert into signing_key (key_id, public_key, sealed_private_key, sign_start_time)
      values ($1, $2, $3, $4)
      """;
  private static final String DELETE = "delete from signing_key where key_id = any ($1)";

  private final KeyVault vault;

  SigningKeyRepository(KeyVault vault) {
    this.vault = vault;
  }

  /** Lets one replica at a time change keys, until its transaction ends. */
  Uni<Void> lock(SqlConnection tx) {
    return tx.query(LOCK).execute().replaceWithVoid();
  }

  Uni<List<Entry>> list(SqlClient client) {
    return client
        .preparedQuery(LIST)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::entry).toList());
  }

  Uni<Void> insert(SqlConnection tx, Entry entry) {
    String keyId = HexFormat.of().toHexDigits(entry.key().keyId());
    byte[] sealed = vault.seal(entry.key().encodedPrivate(), keyId);
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                keyId,
                Buffer.buffer(entry.key().encodedPublic()),
                Buffer.buffer(sealed),
                ProtoTime.database(entry.signStartTime())))
        .replaceWithVoid();
  }

  Uni<Void> delete(SqlConnection tx, List<String> keyIds) {
    return tx.preparedQuery(DELETE)
        .execute(Tuple.from(List.<Object>of((Object) keyIds.toArray(String[]::new))))
        .replaceWithVoid();
  }

  private Entry entry(Row row) {
    byte[] privateKey =
        vault.open(row.getBuffer("sealed_private_key").getBytes(), row.getString("key_id"));
    SigningKey key = SigningKey.of(privateKey, row.getBuffer("public_key").getBytes());
    return new Entry(key, row.getOffsetDateTime("sign_start_time").toInstant());
  }
}
