package io.liangjiang.tourism.ticket;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** SQL of the key pairs that sign tickets. */
final class TicketKeyRepository {
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('ticket_key', 0))";
  private static final String ALL = "select * from ticket_key order by create_time desc limit 16";
  private static final String INSERT =
      """
      insert into ticket_key
        (ticket_key_id, public_key, sealed_private_key, key_id, create_time)
      values ($1, $2, $3, $4, $5)
      """;

  private TicketKeyRepository() {}

  /**
   * A key pair as it is kept.
   *
   * @param keyId the master key under which the private part is sealed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record StoredKey(String ticketKeyId, byte[] publicKey, byte[] sealedPrivateKey, String keyId) {}

  /** Makes this transaction the only one that looks for keys or makes one. */
  static Uni<Void> lock(SqlConnection tx) {
    return tx.query(LOCK).execute().replaceWithVoid();
  }

  /** The keys, newest first. */
  static Uni<List<StoredKey>> all(SqlClient client) {
    return client
        .query(ALL)
        .execute()
        .map(rows -> rows.stream().map(TicketKeyRepository::key).toList());
  }

  static Uni<Void> insert(SqlConnection tx, StoredKey key, Instant now) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                key.ticketKeyId(),
                Buffer.buffer(key.publicKey()),
                Buffer.buffer(key.sealedPrivateKey()),
                key.keyId(),
                database(now)))
        .replaceWithVoid();
  }

  private static StoredKey key(Row row) {
    return new StoredKey(
        row.getString("ticket_key_id"),
        row.getBuffer("public_key").getBytes(),
        row.getBuffer("sealed_private_key").getBytes(),
        row.getString("key_id"));
  }
}
