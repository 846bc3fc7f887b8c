package io.liangjiang.platform.data;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.function.Function;

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
      select request_type, request_sha256, response from idempotency_record
      where caller = $1 and request_id = $2
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
    UUID id = Violations.requestId(requestId);
    byte[] hash = sha256(request.toByteArray());
    String type = request.getDescriptorForType().getFullName();
    return database.inTransaction(
        tx ->
            tx.preparedQuery(CLAIM)
                .execute(Tuple.of(caller.requestScope(), id, type, Buffer.buffer(hash)))
                .chain(
                    claimed ->
                        claimed.rowCount() == 1
                            ? effect.apply(tx).call(answer -> remember(tx, caller, id, answer))
                            : replay(tx, caller, id, type, hash, defaultResponse)));
  }

  private static Uni<Void> remember(SqlConnection tx, Caller caller, UUID id, Message answer) {
    return tx.preparedQuery(ANSWER)
        .execute(Tuple.of(caller.requestScope(), id, Buffer.buffer(answer.toByteArray())))
        .replaceWithVoid();
  }

  private static <R extends Message> Uni<R> replay(
      SqlConnection tx, Caller caller, UUID id, String type, byte[] hash, R defaultResponse) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(caller.requestScope(), id))
        .map(
            rows -> {
              var row = rows.iterator().next();
              boolean same =
                  type.equals(row.getString("request_type"))
                      && MessageDigest.isEqual(hash, row.getBuffer("request_sha256").getBytes());
              if (!same) {
                throw new ServiceException(
                    PlatformReason.REQUEST_ID_REUSED,
                    "the request id was used for another request");
              }
              return parse(row.getBuffer("response").getBytes(), defaultResponse);
            });
  }

  @SuppressWarnings("unchecked") // a parser of R's own type yields R
  private static <R extends Message> R parse(byte[] bytes, R defaultResponse) {
    try {
      return (R) defaultResponse.getParserForType().parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
