package io.liangjiang.identity.guesttoken;

import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The table client_assertion. */
@ApplicationScoped
class AssertionRepository {
  private static final String INSERT =
      """
      insert into client_assertion (client_id, jti_hash, expire_time) values ($1, $2, $3)
      on conflict do nothing
      """;
  private static final String FORGET =
      """
      delete from client_assertion where (client_id, jti_hash) in
        (select client_id, jti_hash from client_assertion where expire_time < $1
         order by expire_time limit $2)
      """;

  /** Notes the first use of an assertion; false for any later one. */
  Uni<Boolean> use(SqlClient client, String clientId, String tokenId, Instant expireTime) {
    return client
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                clientId, Buffer.buffer(Digests.sha256(tokenId)), ProtoTime.database(expireTime)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Deletes assertions that have expired; at most so many. */
  Uni<Void> forget(SqlClient client, Instant expiredBefore, int limit) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(expiredBefore), limit))
        .replaceWithVoid();
  }
}
