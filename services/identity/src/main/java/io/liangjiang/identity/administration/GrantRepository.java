package io.liangjiang.identity.administration;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table role_grant. */
@ApplicationScoped
class GrantRepository {
  private static final String PUT =
      """
      insert into role_grant (role_grant_id, staff_id, role, state, proposed_by, decided_by, create_time,
        expire_time, decide_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (role_grant_id) do update
        set state = excluded.state, decided_by = excluded.decided_by, decide_time = excluded.decide_time
      """;
  private static final String LOCK = "select * from role_grant where role_grant_id = $1 for update";
  private static final String COUNT_PENDING =
      """
      select count(*) from role_grant
      where staff_id = $1 and role = $2 and state = 'PENDING' and expire_time > $3
      """;
  private static final String LIST =
      """
      select * from role_grant
      where (not $1 or (state = 'PENDING' and expire_time > $2)) and (create_time, role_grant_id) < ($3, $4)
      order by create_time desc, role_grant_id desc limit $5
      """;
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  Uni<Grant> put(SqlConnection tx, Grant grant) {
    Instant decided = grant.decideTime();
    return tx.preparedQuery(PUT)
        .execute(
            Tuple.tuple()
                .addUUID(grant.id())
                .addUUID(grant.staffId())
                .addString(grant.role())
                .addString(grant.state().name())
                .addString(grant.proposedBy())
                .addString(grant.decidedBy())
                .addOffsetDateTime(ProtoTime.database(grant.createTime()))
                .addOffsetDateTime(ProtoTime.database(grant.expireTime()))
                .addOffsetDateTime(decided == null ? null : ProtoTime.database(decided)))
        .replaceWith(grant);
  }

  /** Errors: ROLE_GRANT_NOT_FOUND. */
  Uni<Grant> lock(SqlConnection tx, UUID id) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(id))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new ServiceException(IdentityReason.ROLE_GRANT_NOT_FOUND, "no such grant");
              }
              return grant(rows.iterator().next());
            });
  }

  Uni<Boolean> isPending(SqlConnection tx, UUID staffId, String role, Instant now) {
    return tx.preparedQuery(COUNT_PENDING)
        .execute(Tuple.of(staffId, role, ProtoTime.database(now)))
        .map(rows -> rows.iterator().next().getLong(0) > 0);
  }

  Uni<Page.Cut<Grant>> list(SqlClient client, boolean pendingOnly, Page page, Instant now) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(
            Tuple.of(
                pendingOnly,
                ProtoTime.database(now),
                ProtoTime.database(before),
                beforeId,
                page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(GrantRepository::grant)
                    .toList())
        .map(rows -> page.cut(rows, g -> List.of(g.createTime().toString(), g.id().toString())));
  }

  private static Grant grant(Row row) {
    return new Grant(
        row.getUUID("role_grant_id"),
        row.getUUID("staff_id"),
        row.getString("role"),
        Grant.State.valueOf(row.getString("state")),
        row.getString("proposed_by"),
        row.getString("decided_by"),
        Columns.instant(row, "create_time"),
        Columns.instant(row, "expire_time"),
        Columns.instantOrNull(row, "decide_time"));
  }
}
