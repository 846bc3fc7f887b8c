package io.liangjiang.identity.audit;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Writes audit records. They hold ids and no personal data. */
@ApplicationScoped
public class AuditRecords {
  private static final String INSERT =
      """
      insert into audit_record (audit_record_id, action, actor, subject, detail, create_time)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private final InstantSource clock;

  AuditRecords(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Notes a deed in its transaction.
   *
   * @param action what was done, for example "session.revoked"
   * @param actor who did it: a subject, or "unknown"
   * @param subject whose account, or what thing, it was done to
   * @param detail ids and reasons
   */
  public Uni<Void> append(
      SqlConnection tx, String action, String actor, String subject, String detail) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    UUID.randomUUID(),
                    action,
                    actor,
                    subject,
                    detail,
                    ProtoTime.database(Columns.now(clock)))))
        .replaceWithVoid();
  }
}
