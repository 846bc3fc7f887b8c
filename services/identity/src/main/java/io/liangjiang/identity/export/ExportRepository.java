package io.liangjiang.identity.export;

import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.sql.Rows;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables data_export and data_export_part; what is in a part is sealed. */
@ApplicationScoped
class ExportRepository {
  private static final String INSERT =
      """
      insert into data_export (export_id, citizen_id, state, create_time, expire_time,
        next_attempt_time)
      values ($1, $2, 'GATHERING', $3, $4, $3)
      """;
  private static final String FIND_LIVE =
      """
      select * from data_export
      where citizen_id = $1 and state in ('GATHERING', 'READY') and expire_time > $2
      """;
  private static final String DELETE_DEAD =
      "delete from data_export where citizen_id = $1 and expire_time <= $2";
  private static final String FIND =
      "select * from data_export where citizen_id = $1 and export_id = $2 and expire_time > $3";
  private static final String TAKE_DUE =
      """
      update data_export set next_attempt_time = $2
      where export_id in (
        select export_id from data_export where next_attempt_time <= $1
        order by next_attempt_time limit $3 for update skip locked)
      returning *
      """;
  private static final String MOVE =
      """
      update data_export
      set state = $3, service_index = $4, page_token = $5, part_count = $6, record_count = $7,
        byte_count = $8, next_attempt_time = $9
      where export_id = $1 and part_count = $2 and state = 'GATHERING'
      """;
  private static final String INSERT_PART =
      """
      insert into data_export_part (export_id, position, service, items_sealed, master_key_id)
      values ($1, $2, $3, $4, $5)
      """;
  private static final String LIST_PARTS =
      "select * from data_export_part where export_id = $1 order by position";
  private static final String FAIL =
      """
      update data_export set state = 'FAILED', next_attempt_time = null
      where export_id = $1 and state = 'GATHERING'
      """;
  private static final String FORGET =
      """
      delete from data_export where export_id in (
        select export_id from data_export where expire_time <= $1 order by expire_time limit $2)
      """;

  private final Vault vault;

  ExportRepository(Vault vault) {
    this.vault = vault;
  }

  Uni<Optional<Gathering>> findLive(SqlConnection tx, UUID citizenId, Instant now) {
    return tx.preparedQuery(DELETE_DEAD)
        .execute(Tuple.of(citizenId, ProtoTime.database(now)))
        .chain(
            () -> tx.preparedQuery(FIND_LIVE).execute(Tuple.of(citizenId, ProtoTime.database(now))))
        .map(rows -> Rows.first(rows, ExportRepository::gathering));
  }

  Uni<Void> insert(SqlConnection tx, Gathering export) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                export.id(),
                export.citizenId(),
                ProtoTime.database(export.createTime()),
                ProtoTime.database(export.expireTime())))
        .replaceWithVoid();
  }

  Uni<Optional<Gathering>> find(SqlClient client, UUID citizenId, UUID exportId, Instant now) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(citizenId, exportId, ProtoTime.database(now)))
        .map(rows -> Rows.first(rows, ExportRepository::gathering));
  }

  /** Takes what is due, and nobody else does before the given time. */
  Uni<List<Gathering>> takeDue(SqlClient client, Instant now, Instant until, int limit) {
    return client
        .preparedQuery(TAKE_DUE)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(until), limit))
        .map(rows -> Rows.all(rows, ExportRepository::gathering));
  }

  /** Keeps the part, unless another process was faster; says whether it was kept. */
  Uni<Boolean> keep(
      SqlConnection tx, Gathering before, Gathering after, Gathering.Part part, Instant next) {
    var values = new ArrayList<@Nullable Object>();
    values.add(before.id());
    values.add(before.partCount());
    values.add(after.state().name());
    values.add(after.serviceIndex());
    values.add(after.pageToken());
    values.add(after.partCount());
    values.add(after.recordCount());
    values.add(after.byteCount());
    values.add(after.state() == Gathering.State.GATHERING ? ProtoTime.database(next) : null);
    return tx.preparedQuery(MOVE)
        .execute(Tuple.from(values))
        .map(rows -> rows.rowCount() == 1)
        .call(moved -> moved ? insert(tx, before.id(), part) : Uni.createFrom().voidItem());
  }

  Uni<Void> fail(SqlClient client, UUID exportId) {
    return client.preparedQuery(FAIL).execute(Tuple.of(exportId)).replaceWithVoid();
  }

  Uni<List<Gathering.Part>> parts(SqlClient client, UUID exportId) {
    return client
        .preparedQuery(LIST_PARTS)
        .execute(Tuple.of(exportId))
        .map(rows -> Rows.all(rows, this::part));
  }

  Uni<Void> forget(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .replaceWithVoid();
  }

  private Uni<Void> insert(SqlConnection tx, UUID exportId, Gathering.Part part) {
    Sealed sealed = vault.seal(part.items(), place(exportId, part.position()));
    return tx.preparedQuery(INSERT_PART)
        .execute(
            Tuple.of(
                exportId,
                part.position(),
                part.service(),
                Columns.buffer(sealed.bytes()),
                sealed.keyId()))
        .replaceWithVoid();
  }

  private Gathering.Part part(Row row) {
    int position = row.getInteger("position");
    var sealed = new Sealed(row.getString("master_key_id"), Columns.bytes(row, "items_sealed"));
    String items = vault.openText(sealed, place(row.getUUID("export_id"), position));
    return new Gathering.Part(position, row.getString("service"), items, 0);
  }

  private static String place(UUID exportId, int position) {
    return "data_export_part.items/" + exportId + "/" + position;
  }

  private static Gathering gathering(Row row) {
    return new Gathering(
        row.getUUID("export_id"),
        row.getUUID("citizen_id"),
        Gathering.State.valueOf(row.getString("state")),
        Columns.instant(row, "create_time"),
        Columns.instant(row, "expire_time"),
        row.getInteger("service_index"),
        row.getString("page_token"),
        row.getInteger("part_count"),
        row.getLong("record_count"),
        row.getLong("byte_count"));
  }
}
