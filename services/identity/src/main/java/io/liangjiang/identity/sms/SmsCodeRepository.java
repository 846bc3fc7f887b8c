package io.liangjiang.identity.sms;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table sms_code. */
@ApplicationScoped
class SmsCodeRepository {
  private static final String FIND = "select * from sms_code where request_id = $1";
  private static final String INSERT =
      """
      insert into sms_code (request_id, phone_hash, code_hash, create_time) values ($1, $2, $3, $4)
      on conflict do nothing
      """;
  private static final String CLAIM =
      """
      update sms_code set send_tries = send_tries + 1
      where request_id = $1 and send_time is null and send_tries < 3
      """;
  private static final String SENT =
      "update sms_code set send_time = $2 where request_id = $1 and send_time is null";
  private static final String LOCK_NEWEST =
      """
      select * from sms_code where phone_hash = $1 and send_time is not null
      order by create_time desc, request_id desc limit 1 for update
      """;
  private static final String WRONG =
      "update sms_code set wrong_tries = wrong_tries + 1 where request_id = $1";
  private static final String USE =
      "update sms_code set use_time = $2 where request_id = $1 and use_time is null";
  private static final String FORGET = "delete from sms_code where create_time < $1";

  Uni<Optional<SmsCode>> find(SqlClient client, UUID requestId) {
    return client.preparedQuery(FIND).execute(Tuple.of(requestId)).map(SmsCodeRepository::first);
  }

  /** Keeps a code that is about to be sent; nothing happens when the request has one. */
  Uni<Void> insert(SqlClient client, SmsCode code) {
    return client
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                code.requestId(),
                Buffer.buffer(code.phoneHash()),
                Buffer.buffer(code.codeHash()),
                ProtoTime.database(code.createTime())))
        .replaceWithVoid();
  }

  /** Counts one try to send; false when there were three. */
  Uni<Boolean> claim(SqlClient client, UUID requestId) {
    return client
        .preparedQuery(CLAIM)
        .execute(Tuple.of(requestId))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Void> sent(SqlClient client, UUID requestId, Instant now) {
    return client
        .preparedQuery(SENT)
        .execute(Tuple.of(requestId, ProtoTime.database(now)))
        .replaceWithVoid();
  }

  /** The newest code that was sent to the number, kept from changing. */
  Uni<Optional<SmsCode>> lockNewest(SqlConnection tx, byte[] phoneHash) {
    return tx.preparedQuery(LOCK_NEWEST)
        .execute(Tuple.of(Buffer.buffer(phoneHash)))
        .map(SmsCodeRepository::first);
  }

  Uni<Void> wrong(SqlConnection tx, UUID requestId) {
    return tx.preparedQuery(WRONG).execute(Tuple.of(requestId)).replaceWithVoid();
  }

  /** Uses a code up; false when somebody was quicker. */
  Uni<Boolean> use(SqlConnection tx, UUID requestId, Instant now) {
    return tx.preparedQuery(USE)
        .execute(Tuple.of(requestId, ProtoTime.database(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Deletes codes that nobody can use any more. */
  Uni<Void> forget(SqlClient client, Instant before) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(before)))
        .replaceWithVoid();
  }

  private static Optional<SmsCode> first(RowSet<Row> rows) {
    var iterator = rows.iterator();
    if (!iterator.hasNext()) {
      return Optional.empty();
    }
    Row row = iterator.next();
    return Optional.of(
        new SmsCode(
            row.getUUID("request_id"),
            Columns.bytes(row, "phone_hash"),
            Columns.bytes(row, "code_hash"),
            row.getInteger("wrong_tries"),
            Columns.instant(row, "create_time"),
            Columns.instantOrNull(row, "send_time"),
            Columns.instantOrNull(row, "use_time")));
  }
}
