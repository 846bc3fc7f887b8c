package io.liangjiang.identity.audit;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Writes audit records, and reads them for auditors. They hold ids and no personal data. */
@ApplicationScoped
public class AuditRecords {
  private static final String INSERT =
      """
      insert into audit_record (audit_record_id, action, actor, subject, detail, create_time)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private static final String LIST =
      """
      select * from audit_record
      where ($1 = '' or subject = $1) and (create_time, audit_record_id) < ($2, $3)
      order by create_time desc, audit_record_id desc limit $4
      """;
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  /** One thing that somebody did. */
  public record Entry(
      UUID id, String action, String actor, String subject, String detail, Instant time) {}

  private final InstantSource clock;
  private final Database database;

  AuditRecords(InstantSource clock, Database database) {
    this.clock = clock;
    this.database = database;
  }

  /**
   * A page of records, newest first.
   *
   * @param subject whom or what the deed was done to; empty for all
   */
  public Uni<Page.Cut<Entry>> list(String subject, Page page) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return database
        .client()
        .preparedQuery(LIST)
        .execute(Tuple.of(subject, ProtoTime.database(before), beforeId, page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(AuditRecords::entry).toList())
        .map(rows -> page.cut(rows, e -> List.of(e.time().toString(), e.id().toString())));
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getUUID("audit_record_id"),
        row.getString("action"),
        row.getString("actor"),
        row.getString("subject"),
        row.getString("detail"),
        Columns.instant(row, "create_time"));
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
