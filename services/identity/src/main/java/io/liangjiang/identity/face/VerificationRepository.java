package io.liangjiang.identity.face;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table face_verification. */
@ApplicationScoped
class VerificationRepository {
  private static final String INSERT =
      """
      insert into face_verification
        (face_verification_id, citizen_id, consent_record_id, ticket, create_time)
      values ($1, $2, $3, $4, $5) on conflict do nothing
      """;
  private static final String FIND =
      "select * from face_verification where face_verification_id = $1";
  private static final String FORGET =
      """
      delete from face_verification where face_verification_id in (
        select face_verification_id from face_verification where create_time < $1 limit $2)
      """;

  Uni<Void> insert(SqlClient client, Verification verification) {
    return client
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                verification.id(),
                verification.citizenId(),
                verification.consentRecordId(),
                verification.ticket(),
                ProtoTime.database(verification.createTime())))
        .replaceWithVoid();
  }

  Uni<Optional<Verification>> find(SqlClient client, UUID id) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(id))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(verification(rows.iterator().next())));
  }

  Uni<Void> forget(SqlClient client, Instant before, int limit) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(before), limit))
        .replaceWithVoid();
  }

  private static Verification verification(Row row) {
    return new Verification(
        row.getUUID("face_verification_id"),
        row.getUUID("citizen_id"),
        row.getUUID("consent_record_id"),
        row.getString("ticket"),
        Columns.instant(row, "create_time"));
  }
}
