package io.liangjiang.identity.signing;

import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table signing_key. */
@ApplicationScoped
class SigningKeyRepository {
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('signing_key', 0))";
  private static final String PUBLISHED =
      """
      select * from signing_key where state <> 'RETIRED' or retire_time > $1
      order by create_time desc, activate_time desc nulls first, signing_key_id
      """;
  private static final String INSERT =
      """
      insert into signing_key (signing_key_id, state, public_jwk, private_key_sealed,
        master_key_id, create_time, activate_time)
      values ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String RETIRE =
      "update signing_key set state = 'RETIRED', retire_time = $1 where state = 'ACTIVE'";
  private static final String ACTIVATE =
      "update signing_key set state = 'ACTIVE', activate_time = $1 where state = 'NEXT' returning"
          + " *";

  /** Keeps other rotations out until the transaction ends. */
  Uni<Void> lock(SqlConnection tx) {
    return tx.query(LOCK).execute().replaceWithVoid();
  }

  /** Keys that verifiers must know, newest first. */
  Uni<List<SigningKey>> published(SqlClient client, Instant retiredAfter) {
    return client
        .preparedQuery(PUBLISHED)
        .execute(Tuple.of(ProtoTime.database(retiredAfter)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(SigningKeyRepository::read)
                    .toList());
  }

  Uni<Void> insert(SqlConnection tx, SigningKey key) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(key.id());
    values.add(key.state().name());
    values.add(key.publicJwk());
    values.add(Columns.buffer(key.privateKey().bytes()));
    values.add(key.privateKey().keyId());
    values.add(ProtoTime.database(key.createTime()));
    Instant activated = key.activateTime();
    values.add(activated == null ? null : ProtoTime.database(activated));
    return tx.preparedQuery(INSERT).execute(Tuple.wrap(values)).replaceWithVoid();
  }

  /** Retires the active key and activates the next one, which it returns. */
  Uni<SigningKey> rotate(SqlConnection tx, Instant now) {
    var time = Tuple.of(ProtoTime.database(now));
    return tx.preparedQuery(RETIRE)
        .execute(time)
        .chain(() -> tx.preparedQuery(ACTIVATE).execute(time))
        .map(rows -> read(rows.iterator().next()));
  }

  private static SigningKey read(Row row) {
    return new SigningKey(
        row.getString("signing_key_id"),
        SigningKey.State.valueOf(row.getString("state")),
        row.getString("public_jwk"),
        new Sealed(row.getString("master_key_id"), Columns.bytes(row, "private_key_sealed")),
        Columns.instant(row, "create_time"),
        Columns.instantOrNull(row, "activate_time"),
        Columns.instantOrNull(row, "retire_time"));
  }
}
