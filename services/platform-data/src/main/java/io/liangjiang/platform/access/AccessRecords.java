package io.liangjiang.platform.access;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.ListAccessRecordsResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Writes and lists this service's access records. */
@ApplicationScoped
public class AccessRecords {
  private static final String INSERT =
      """
      insert into access_record
        (access_record_id, citizen_id, reader_subject, data_kind, resource_id, purpose, read_time,
         consent_record_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String LIST =
      """
      select * from access_record
      where citizen_id = $1 and (read_time, access_record_id) < ($2, $3)
      order by read_time desc, access_record_id desc limit $4
      """;
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  /**
   * One reading of a citizen's data.
   *
   * @param citizenId whose data; a UUID
   * @param dataKind for example "ticket-holder"
   * @param purpose why, a few words without personal data
   * @param consentRecordId the consent under which it is read; empty where none is needed or known
   */
  public record Reading(
      String citizenId,
      String dataKind,
      String resourceId,
      String purpose,
      String consentRecordId) {}

  private final Database database;
  private final InstantSource clock;

  AccessRecords(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Notes that the reader saw a citizen's data; nothing is written when citizens read their own.
   *
   * @param citizenId whose data; a UUID
   * @param dataKind for example "ticket-holder"
   * @param purpose why, a few words without personal data
   */
  public Uni<Void> append(
      SqlClient tx,
      Caller reader,
      String citizenId,
      String dataKind,
      String resourceId,
      String purpose) {
    return append(tx, reader, new Reading(citizenId, dataKind, resourceId, purpose, ""));
  }

  /** Notes a reading with its consent; nothing is written when citizens read their own. */
  public Uni<Void> append(SqlClient tx, Caller reader, Reading reading) {
    if (reader.subject().equals(reading.citizenId())) {
      return Uni.createFrom().voidItem();
    }
    return insert(tx, reader.actor(), reading);
  }

  /**
   * Notes what a delegate did in the name of the citizen for whom they act.
   *
   * @param resourceId may be empty
   */
  Uni<Void> appendActing(Caller acting, String dataKind, String resourceId, String purpose) {
    return insert(
        database.client(),
        acting.actor(),
        new Reading(acting.subject(), dataKind, resourceId, purpose, ""));
  }

  /** Notes a reading by itself. */
  Uni<Void> appendReading(Caller reader, Reading reading) {
    return append(database.client(), reader, reading);
  }

  private Uni<Void> insert(SqlClient tx, String reader, Reading reading) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    UUID.randomUUID(),
                    UUID.fromString(reading.citizenId()),
                    reader,
                    reading.dataKind(),
                    reading.resourceId(),
                    reading.purpose(),
                    clock.instant().atOffset(ZoneOffset.UTC),
                    reading.consentRecordId())))
        .replaceWithVoid();
  }

  /** The records about one citizen, newest first. */
  Uni<ListAccessRecordsResponse> list(String citizenId, Page page) {
    OffsetDateTime before =
        (page.isFirst() ? END_OF_TIME : page.keyInstant(0)).atOffset(ZoneOffset.UTC);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return database
        .client()
        .preparedQuery(LIST)
        .execute(Tuple.of(UUID.fromString(citizenId), before, beforeId, page.limit()))
        .map(rows -> response(page, StreamSupport.stream(rows.spliterator(), false).toList()));
  }

  private static ListAccessRecordsResponse response(Page page, List<Row> rows) {
    var cut =
        page.cut(
            rows,
            row ->
                List.of(
                    row.getOffsetDateTime("read_time").toInstant().toString(),
                    row.getUUID("access_record_id").toString()));
    return ListAccessRecordsResponse.newBuilder()
        .addAllAccessRecords(cut.items().stream().map(AccessRecords::toProto).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  private static AccessRecord toProto(Row row) {
    Instant time = row.getOffsetDateTime("read_time").toInstant();
    return AccessRecord.newBuilder()
        .setAccessRecordId(row.getUUID("access_record_id").toString())
        .setReaderSubject(row.getString("reader_subject"))
        .setDataKind(row.getString("data_kind"))
        .setResourceId(row.getString("resource_id"))
        .setPurpose(row.getString("purpose"))
        .setConsentRecordId(row.getString("consent_record_id"))
        .setReadTime(
            com.google.protobuf.Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano()))
        .build();
  }
}
