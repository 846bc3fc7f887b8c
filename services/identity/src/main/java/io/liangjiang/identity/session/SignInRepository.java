package io.liangjiang.identity.session;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table sign_in: which request opened which session. */
@ApplicationScoped
class SignInRepository {
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('sign_in/' || $1, 0))";
  private static final String FIND = "select * from sign_in where request_id = $1";
  private static final String INSERT =
      "insert into sign_in (request_id, credential_hash, session_id, create_time) values ($1, $2,"
          + " $3, $4)";
  private static final String FORGET = "delete from sign_in where create_time < $1";

  /** A sign-in that was answered. */
  @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual
  record SignIn(byte[] credentialHash, UUID sessionId, Instant createTime) {}

  /** Keeps the same request out until the transaction ends. */
  Uni<Void> lock(SqlConnection tx, UUID requestId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(requestId.toString())).replaceWithVoid();
  }

  Uni<Optional<SignIn>> find(SqlClient client, UUID requestId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(requestId))
        .map(
            rows -> {
              var iterator = rows.iterator();
              if (!iterator.hasNext()) {
                return Optional.empty();
              }
              var row = iterator.next();
              return Optional.of(
                  new SignIn(
                      Columns.bytes(row, "credential_hash"),
                      row.getUUID("session_id"),
                      Columns.instant(row, "create_time")));
            });
  }

  Uni<Void> insert(SqlConnection tx, UUID requestId, SignIn signIn) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                requestId,
                Buffer.buffer(signIn.credentialHash()),
                signIn.sessionId(),
                ProtoTime.database(signIn.createTime())))
        .replaceWithVoid();
  }

  /** Deletes what nobody can ask for again. */
  Uni<Void> forget(SqlClient client, Instant before) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(before)))
        .replaceWithVoid();
  }
}
