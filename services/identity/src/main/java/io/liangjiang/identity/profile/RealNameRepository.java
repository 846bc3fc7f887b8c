package io.liangjiang.identity.profile;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table real_name. */
@ApplicationScoped
class RealNameRepository {
  private static final String FIND = "select * from real_name where citizen_id = $1";
  private static final String FIND_CITIZEN =
      "select citizen_id from real_name where id_number_hash = $1";
  private static final String INSERT =
      """
      insert into real_name (citizen_id, id_number_hash, id_number_sealed, name_sealed,
        master_key_id, verify_time)
      values ($1, $2, $3, $4, $5, $6) on conflict do nothing
      """;

  Uni<Optional<RealName>> find(SqlClient client, UUID citizenId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(citizenId))
        .map(
            rows ->
                rows.iterator().hasNext()
                    ? Optional.of(read(rows.iterator().next()))
                    : Optional.empty());
  }

  /** The citizen who proved the number of that keyed hash. */
  Uni<Optional<UUID>> findCitizen(SqlClient client, byte[] idNumberHash) {
    return client
        .preparedQuery(FIND_CITIZEN)
        .execute(Tuple.of(Columns.buffer(idNumberHash)))
        .map(
            rows ->
                rows.iterator().hasNext()
                    ? Optional.of(rows.iterator().next().getUUID("citizen_id"))
                    : Optional.empty());
  }

  /**
   * Keeps it, unless the citizen has one or another citizen has the number; says whether it was
   * kept.
   */
  Uni<Boolean> insert(SqlConnection tx, UUID citizenId, RealName realName, Instant now) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    citizenId,
                    Columns.buffer(realName.idNumberHash()),
                    Columns.buffer(realName.idNumber().bytes()),
                    Columns.buffer(realName.name().bytes()),
                    realName.name().keyId(),
                    ProtoTime.database(now))))
        .map(rows -> rows.rowCount() == 1);
  }

  private static RealName read(Row row) {
    String keyId = row.getString("master_key_id");
    return new RealName(
        Columns.bytes(row, "id_number_hash"),
        new Sealed(keyId, Columns.bytes(row, "id_number_sealed")),
        new Sealed(keyId, Columns.bytes(row, "name_sealed")));
  }
}
