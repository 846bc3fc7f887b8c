package io.liangjiang.identity.erasure;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.sql.Rows;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The tables erasure and erasure_step. */
@ApplicationScoped
class ErasureRepository {
  private static final String INSERT =
      """
      insert into erasure (erasure_id, citizen_id, state, code_hash, create_time, begin_time,
        next_attempt_time)
      values ($1, $2, 'REQUESTED', $3, $4, $5, $5)
      """;
  private static final String LOCK_UNDER_WAY =
      """
      select * from erasure where citizen_id = $1 and state in ('REQUESTED', 'ERASING')
      for no key update
      """;
  private static final String LOCK =
      "select * from erasure where erasure_id = $1 for no key update";
  private static final String LIST =
      """
      select * from erasure
      where ($1 = '' or state = $1) and (create_time, erasure_id) < ($2, $3)
      order by create_time desc, erasure_id desc limit $4
      """;
  private static final String RESUME =
      "update erasure set next_attempt_time = $2 where erasure_id = $1";
  private static final String FIND_BY_CODE =
      "select * from erasure where erasure_id = $1 and code_hash = $2";
  private static final String CANCEL =
      "update erasure set state = 'CANCELLED', next_attempt_time = null where erasure_id = $1";
  private static final String TAKE_DUE =
      """
      update erasure set next_attempt_time = $2
      where erasure_id in (
        select erasure_id from erasure where next_attempt_time <= $1
        order by next_attempt_time limit $3 for update skip locked)
      returning *
      """;
  private static final String DELAY =
      """
      update erasure set blockers = $2, next_attempt_time = $3
      where erasure_id = $1 and state in ('REQUESTED', 'ERASING')
      """;
  private static final String BEGIN =
      """
      update erasure set state = 'ERASING', blockers = '{}', next_attempt_time = $2
      where erasure_id = $1
      """;
  private static final List<String> CLOSE_ACCOUNT =
      List.of(
          "delete from sign_in_identity where citizen_id = $1",
          "delete from citizen_phone where citizen_id = $1",
          "delete from passkey where account_kind = 'CITIZEN' and account_id = $1",
          "delete from authorization_request where citizen_id = $1",
          "delete from guest_session where citizen_id = $1");
  private static final String COMPLETE =
      """
      update erasure
      set state = 'COMPLETED', blockers = '{}', complete_time = $2, next_attempt_time = null
      where erasure_id = $1 and state = 'ERASING'
      """;
  private static final String INSERT_STEP =
      """
      insert into erasure_step (erasure_id, service, erase_time, answer) values ($1, $2, $3, $4)
      on conflict do nothing
      """;
  private static final String LIST_STEPS =
      "select * from erasure_step where erasure_id = any($1) order by erase_time, service";
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  Uni<Void> insert(SqlConnection tx, Case erasure, byte[] codeHash) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                erasure.id(),
                erasure.citizenId(),
                Columns.buffer(codeHash),
                ProtoTime.database(erasure.createTime()),
                ProtoTime.database(erasure.beginTime())))
        .replaceWithVoid();
  }

  Uni<Optional<Case>> lockUnderWay(SqlClient client, UUID citizenId) {
    return client
        .preparedQuery(LOCK_UNDER_WAY)
        .execute(Tuple.of(citizenId))
        .map(ErasureRepository::first);
  }

  Uni<Case> lock(SqlConnection tx, UUID erasureId) {
    return find(tx, erasureId).map(Optional::orElseThrow);
  }

  Uni<Optional<Case>> find(SqlClient client, UUID erasureId, byte[] codeHash) {
    return client
        .preparedQuery(FIND_BY_CODE)
        .execute(Tuple.of(erasureId, Columns.buffer(codeHash)))
        .map(ErasureRepository::first);
  }

  Uni<Void> cancel(SqlConnection tx, UUID erasureId) {
    return tx.preparedQuery(CANCEL).execute(Tuple.of(erasureId)).replaceWithVoid();
  }

  /** Takes what is due, and nobody else does before the given time. */
  Uni<List<Case>> takeDue(SqlClient client, Instant now, Instant until, int limit) {
    return client
        .preparedQuery(TAKE_DUE)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(until), limit))
        .map(rows -> Rows.all(rows, ErasureRepository::erasure));
  }

  Uni<Void> delay(SqlClient client, UUID erasureId, List<String> blockers, Instant until) {
    return client
        .preparedQuery(DELAY)
        .execute(Tuple.of(erasureId, blockers.toArray(String[]::new), ProtoTime.database(until)))
        .replaceWithVoid();
  }

  /** Takes away what the citizen signs in with; the services are asked from the given time on. */
  Uni<Void> begin(SqlConnection tx, Case erasure, Instant from) {
    Uni<Void> closed =
        tx.preparedQuery(BEGIN)
            .execute(Tuple.of(erasure.id(), ProtoTime.database(from)))
            .replaceWithVoid();
    for (String sql : CLOSE_ACCOUNT) {
      closed =
          closed.chain(
              () -> tx.preparedQuery(sql).execute(Tuple.of(erasure.citizenId())).replaceWithVoid());
    }
    return closed;
  }

  Uni<Boolean> complete(SqlConnection tx, UUID erasureId, Instant now) {
    return tx.preparedQuery(COMPLETE)
        .execute(Tuple.of(erasureId, ProtoTime.database(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Void> insertStep(SqlClient client, UUID erasureId, Case.Step step) {
    return client
        .preparedQuery(INSERT_STEP)
        .execute(
            Tuple.of(
                erasureId,
                step.service(),
                ProtoTime.database(step.eraseTime()),
                Columns.buffer(step.answer())))
        .replaceWithVoid();
  }

  Uni<Steps> steps(SqlClient client, List<UUID> erasureIds) {
    return client
        .preparedQuery(LIST_STEPS)
        .execute(Tuple.of((Object) erasureIds.toArray(UUID[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.groupingBy(
                            row -> row.getUUID("erasure_id"),
                            Collectors.mapping(ErasureRepository::step, Collectors.toList()))))
        .map(Steps::new);
  }

  private static Case.Step step(Row row) {
    return new Case.Step(
        row.getString("service"), Columns.instant(row, "erase_time"), Columns.bytes(row, "answer"));
  }

  /** The newest first, one more than the page wants; of one state, or of all for "". */
  Uni<List<Case>> list(SqlClient client, String state, Page page) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(state, ProtoTime.database(before), beforeId, page.limit()))
        .map(rows -> Rows.all(rows, ErasureRepository::erasure));
  }

  /** The erasure, kept from changing until the transaction ends. */
  Uni<Optional<Case>> find(SqlConnection tx, UUID erasureId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(erasureId)).map(ErasureRepository::first);
  }

  /** Has it taken by the next sweep. */
  Uni<Void> resume(SqlConnection tx, UUID erasureId, Instant now) {
    return tx.preparedQuery(RESUME)
        .execute(Tuple.of(erasureId, ProtoTime.database(now)))
        .replaceWithVoid();
  }

  private static Optional<Case> first(RowSet<Row> rows) {
    return Rows.first(rows, ErasureRepository::erasure);
  }

  private static Case erasure(Row row) {
    return new Case(
        row.getUUID("erasure_id"),
        row.getUUID("citizen_id"),
        Case.State.valueOf(row.getString("state")),
        Columns.instant(row, "create_time"),
        Columns.instant(row, "begin_time"),
        Columns.instantOrNull(row, "complete_time"),
        Columns.instantOrNull(row, "next_attempt_time"),
        List.of(row.getArrayOfStrings("blockers")));
  }
}
