package io.liangjiang.platform.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.liangjiang.platform.caller.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Requests that happen once. The record of the request, its effect and its answer commit in one
 * transaction; the same request again gets the stored answer, and other content under a used id is
 * refused. A second copy that arrives while the first is still running waits for it.
 */
@ApplicationScoped
public class Idempotency {
  private static final String CLAIM =
      """
      insert into idempotency_record (caller, request_id, request_type, request_sha256)
      values ($1, $2, $3, $4) on conflict do nothing
      """;
  private static final String ANSWER =
      "update idempotency_record set response = $3 where caller = $1 and request_id = $2";
  private static final String FIND =
      """
      select caller, request_id, request_type, request_sha256, response from idempotency_record
      where (caller, request_id) in (select * from unnest($1::text[], $2::uuid[]))
      """;
  private static final String REMEMBER =
      """
      insert into idempotency_record (caller, request_id, request_type, request_sha256, response)
      select * from unnest($1::text[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[])
      """;

  private final Database database;

  Idempotency(Database database) {
    this.database = database;
  }

  /**
   * Runs the effect in a transaction of its own, once for the caller and request id. A refusal
   * rolls everything back and is not remembered. Errors: INVALID_REQUEST_ID, REQUEST_ID_REUSED, and
   * those of the effect.
   *
   * @param defaultResponse the default instance of the response type
   */
  public <R extends Message> Uni<R> once(
      Caller caller,
      String requestId,
      Message request,
      R defaultResponse,
      Function<SqlConnection, Uni<R>> effect) {
    RequestClaim claim = RequestClaim.of(caller, requestId, request);
    return database.inTransaction(
        tx ->
            tx.preparedQuery(CLAIM)
                .execute(
                    Tuple.of(
                        claim.caller(), claim.requestId(), claim.type(), buffer(claim.sha256())))
                .chain(
                    claimed ->
                        claimed.rowCount() == 1
                            ? effect.apply(tx).call(answer -> remember(tx, claim, answer))
                            : replay(tx, claim, defaultResponse)));
  }

  /** What is known of requests that happened. */
  public Uni<Map<RequestClaim.Key, Remembered>> find(SqlConnection tx, List<RequestClaim> claims) {
    return tx.preparedQuery(FIND)
        .execute(
            Tuple.of(
                claims.stream().map(RequestClaim::caller).toArray(String[]::new),
                claims.stream().map(RequestClaim::requestId).toArray(UUID[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(Collectors.toMap(Idempotency::key, Idempotency::remembered)));
  }

  /**
   * Remembers requests that were not known, with their answers in the same order, in the
   * transaction of their effects. Fails with a unique violation when another transaction remembered
   * one of them meanwhile.
   */
  public Uni<Void> remember(
      SqlConnection tx, List<RequestClaim> claims, List<? extends Message> answers) {
    if (claims.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(REMEMBER)
        .execute(
            Tuple.from(
                List.of(
                    claims.stream().map(RequestClaim::caller).toArray(String[]::new),
                    claims.stream().map(RequestClaim::requestId).toArray(UUID[]::new),
                    claims.stream().map(RequestClaim::type).toArray(String[]::new),
                    claims.stream().map(claim -> buffer(claim.sha256())).toArray(Buffer[]::new),
                    answers.stream()
                        .map(each -> buffer(each.toByteString()))
                        .toArray(Buffer[]::new))))
        .replaceWithVoid();
  }

  private static Uni<Void> remember(SqlConnection tx, RequestClaim claim, Message answer) {
    return tx.preparedQuery(ANSWER)
        .execute(Tuple.of(claim.caller(), claim.requestId(), buffer(answer.toByteString())))
        .replaceWithVoid();
  }

  private <R extends Message> Uni<R> replay(
      SqlConnection tx, RequestClaim claim, R defaultResponse) {
    return find(tx, List.of(claim))
        .map(
            known ->
                Objects.requireNonNull(known.get(claim.key())).answerTo(claim, defaultResponse));
  }

  private static Buffer buffer(ByteString bytes) {
    return Buffer.buffer(bytes.toByteArray());
  }

  private static RequestClaim.Key key(Row row) {
    return new RequestClaim.Key(row.getString("caller"), row.getUUID("request_id"));
  }

  private static Remembered remembered(Row row) {
    return new Remembered(
        row.getString("request_type"),
        ByteString.copyFrom(row.getBuffer("request_sha256").getBytes()),
        ByteString.copyFrom(row.getBuffer("response").getBytes()));
  }
}
