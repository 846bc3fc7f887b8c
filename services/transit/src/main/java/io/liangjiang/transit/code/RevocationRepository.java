package io.liangjiang.transit.code;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table of revocations. */
@ApplicationScoped
public class RevocationRepository {
  private static final String INSERT =
      """
      insert into code_revocation (nonce, citizen_id, reason, revoke_time, expire_time)
      values ($1, $2, $3, $4, $5) on conflict do nothing
      """;
  private static final String LIST =
      """
      select * from code_revocation where revocation_id > $1 and expire_time > $2
      order by revocation_id limit $3
      """;
  private static final String FIND =
      """
      select * from code_revocation where nonce = any ($1)
      union all
      select * from code_revocation where citizen_id = any ($2)
      """;
  private static final String PURGE = "delete from code_revocation where expire_time < $1";

  /** Keeps a revocation; a code that is revoked already stays revoked as it was. */
  public Uni<Void> insert(SqlConnection tx, Revocation revocation) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    revocation.nonce(),
                    revocation.citizenId(),
                    revocation.reason().name(),
                    ProtoTime.database(revocation.revokeTime()),
                    ProtoTime.database(revocation.expireTime()))))
        .replaceWithVoid();
  }

  /** Up to {@code limit} revocations after an id that readers must still know. */
  Uni<List<Revocation>> list(SqlClient client, long afterId, Instant now, int limit) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(afterId, ProtoTime.database(now), limit))
        .map(RevocationRepository::revocations);
  }

  /** What is revoked of the given codes. */
  public Uni<RevocationList> find(SqlClient client, Collection<CityCodeClaims> codes) {
    if (codes.isEmpty()) {
      return Uni.createFrom().item(RevocationList.none());
    }
    Long[] nonces = codes.stream().map(CityCodeClaims::nonce).distinct().toArray(Long[]::new);
    UUID[] citizenIds = codes.stream().map(CityCodeClaims::subject).distinct().toArray(UUID[]::new);
    return client
        .preparedQuery(FIND)
        .execute(Tuple.from(List.<Object>of(nonces, citizenIds)))
        .map(rows -> list(revocations(rows)));
  }

  Uni<Void> purge(SqlClient client, Instant before) {
    return client
        .preparedQuery(PURGE)
        .execute(Tuple.of(ProtoTime.database(before)))
        .replaceWithVoid();
  }

  private static RevocationList list(List<Revocation> revocations) {
    RevocationList.Builder builder = RevocationList.builder();
    for (Revocation revocation : revocations) {
      Long nonce = revocation.nonce();
      UUID citizenId = revocation.citizenId();
      if (nonce != null) {
        builder.revokeNonce(nonce, revocation.revokeTime());
      }
      if (citizenId != null) {
        builder.revokeSubject(citizenId, revocation.revokeTime());
      }
    }
    return builder.build();
  }

  private static List<Revocation> revocations(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                new Revocation(
                    row.getLong("revocation_id"),
                    row.getLong("nonce"),
                    row.getUUID("citizen_id"),
                    Revocation.Reason.valueOf(row.getString("reason")),
                    row.getOffsetDateTime("revoke_time").toInstant(),
                    row.getOffsetDateTime("expire_time").toInstant()))
        .toList();
  }
}
