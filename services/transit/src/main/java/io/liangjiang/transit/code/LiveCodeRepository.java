package io.liangjiang.transit.code;

import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The table of live codes: one row a citizen, whose lock puts concurrent issues of one citizen in a
 * row.
 */
@ApplicationScoped
public class LiveCodeRepository {
  private static final String REPLACE =
      """
      insert into live_code (citizen_id, nonce, expire_time) values ($1, $2, $3)
      on conflict (citizen_id) do update set
        previous_nonce = live_code.nonce, previous_expire_time = live_code.expire_time,
        nonce = excluded.nonce, expire_time = excluded.expire_time
      returning previous_nonce, previous_expire_time
      """;

  /**
   * A code that was live.
   *
   * @param nonce the code
   * @param expireTime when it expires by itself
   */
  record LiveCode(long nonce, Instant expireTime) {}

  /** Makes a code the citizen's live one; yields the one before. */
  Uni<Optional<LiveCode>> replace(SqlConnection tx, UUID citizenId, LiveCode code) {
    return tx.preparedQuery(REPLACE)
        .execute(Tuple.of(citizenId, code.nonce(), ProtoTime.database(code.expireTime())))
        .map(rows -> previous(rows.iterator().next()));
  }

  private static Optional<LiveCode> previous(Row row) {
    Long nonce = row.getLong("previous_nonce");
    return nonce == null
        ? Optional.empty()
        : Optional.of(
            new LiveCode(nonce, row.getOffsetDateTime("previous_expire_time").toInstant()));
  }
}
