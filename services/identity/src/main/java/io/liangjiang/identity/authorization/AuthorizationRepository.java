package io.liangjiang.identity.authorization;

import io.liangjiang.identity.authorization.PendingAuthorization.Decision;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table authorization_request. */
@ApplicationScoped
class AuthorizationRepository {
  private static final String INSERT =
      """
      insert into authorization_request (request_code, client_id, redirect_uri, scopes, resources,
        client_state, nonce, code_challenge, required_level, browser_hash, state, create_time,
        expire_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'WAITING', $11, $12)
      """;
  private static final String FIND = "select * from authorization_request where request_code = $1";
  private static final String LOCK = FIND + " for update";
  private static final String LOCK_BY_CODE =
      "select * from authorization_request where code_hash = $1 for update";
  private static final String DECIDE =
      """
      update authorization_request set state = $2, citizen_id = $3, granted_scopes = $4,
        assurance_level = $5, decide_time = $6
      where request_code = $1
      """;
  private static final String GIVE_UP =
      "update authorization_request set state = 'DENIED' where request_code = $1";
  private static final String WRONG_CODE =
      "update authorization_request set wrong_codes = wrong_codes + 1 where request_code = $1";
  private static final String CONTINUE =
      """
      update authorization_request set state = 'CONTINUED', code_hash = $2, code_expire_time = $3
      where request_code = $1
      """;
  private static final String REDEEM =
      """
      update authorization_request set redeem_time = $2, guest_session_id = $3
      where request_code = $1
      """;
  private static final String FORGET =
      """
      delete from authorization_request where request_code in
        (select request_code from authorization_request where expire_time < $1
         order by expire_time limit $2)
      """;

  Uni<Void> insert(SqlClient client, PendingAuthorization request) {
    AuthorizationAsk ask = request.ask();
    return client
        .preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    request.code(),
                    ask.clientId(),
                    ask.redirectUri(),
                    ask.scopes().toArray(String[]::new),
                    ask.resources().toArray(String[]::new),
                    ask.clientState(),
                    ask.nonce(),
                    ask.codeChallenge(),
                    text(ask.requiredLevel()),
                    Buffer.buffer(request.browserHash()),
                    ProtoTime.database(request.createTime()),
                    ProtoTime.database(request.expireTime()))))
        .replaceWithVoid();
  }

  Uni<Optional<PendingAuthorization>> find(SqlClient client, String requestCode) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(requestCode))
        .map(AuthorizationRepository::first);
  }

  /** The request, kept from changing until the transaction ends. */
  Uni<Optional<PendingAuthorization>> lock(SqlConnection tx, String requestCode) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(requestCode))
        .map(AuthorizationRepository::first);
  }

  /** The request of a guest's code, kept from changing until the transaction ends. */
  Uni<Optional<PendingAuthorization>> lockByCode(SqlConnection tx, byte[] codeHash) {
    return tx.preparedQuery(LOCK_BY_CODE)
        .execute(Tuple.of(Buffer.buffer(codeHash)))
        .map(AuthorizationRepository::first);
  }

  Uni<Void> decide(
      SqlConnection tx, String requestCode, PendingAuthorization.State state, Decision decision) {
    return tx.preparedQuery(DECIDE)
        .execute(
            Tuple.from(
                List.of(
                    requestCode,
                    state.name(),
                    decision.citizenId(),
                    decision.scopes().toArray(String[]::new),
                    decision.level().name(),
                    ProtoTime.database(decision.time()))))
        .replaceWithVoid();
  }

  Uni<Void> giveUp(SqlConnection tx, String requestCode) {
    return tx.preparedQuery(GIVE_UP).execute(Tuple.of(requestCode)).replaceWithVoid();
  }

  Uni<Void> countWrongCode(SqlConnection tx, String requestCode) {
    return tx.preparedQuery(WRONG_CODE).execute(Tuple.of(requestCode)).replaceWithVoid();
  }

  Uni<Void> goOn(SqlConnection tx, String requestCode, byte[] codeHash, Instant codeExpireTime) {
    return tx.preparedQuery(CONTINUE)
        .execute(Tuple.of(requestCode, Buffer.buffer(codeHash), ProtoTime.database(codeExpireTime)))
        .replaceWithVoid();
  }

  Uni<Void> redeem(SqlConnection tx, String requestCode, UUID sessionId, Instant now) {
    return tx.preparedQuery(REDEEM)
        .execute(Tuple.of(requestCode, ProtoTime.database(now), sessionId))
        .replaceWithVoid();
  }

  /** Deletes requests that expired long ago; at most so many. */
  Uni<Void> forget(SqlClient client, Instant expiredBefore, int limit) {
    return client
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(expiredBefore), limit))
        .replaceWithVoid();
  }

  private static Optional<PendingAuthorization> first(RowSet<Row> rows) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(read(iterator.next())) : Optional.empty();
  }

  private static PendingAuthorization read(Row row) {
    return new PendingAuthorization(
        row.getString("request_code"),
        ask(row),
        Columns.bytes(row, "browser_hash"),
        PendingAuthorization.State.valueOf(row.getString("state")),
        Columns.instant(row, "create_time"),
        Columns.instant(row, "expire_time"),
        decision(row),
        row.getInteger("wrong_codes"),
        Columns.instantOrNull(row, "code_expire_time"),
        row.getUUID("guest_session_id"),
        Columns.instantOrNull(row, "redeem_time"));
  }

  private static AuthorizationAsk ask(Row row) {
    return new AuthorizationAsk(
        row.getString("client_id"),
        row.getString("redirect_uri"),
        List.of(row.getArrayOfStrings("scopes")),
        List.of(row.getArrayOfStrings("resources")),
        row.getString("client_state"),
        row.getString("nonce"),
        row.getString("code_challenge"),
        level(row.getString("required_level")));
  }

  private static @Nullable Decision decision(Row row) {
    UUID citizenId = row.getUUID("citizen_id");
    return citizenId == null
        ? null
        : new Decision(
            citizenId,
            Arrays.asList(row.getArrayOfStrings("granted_scopes")),
            level(row.getString("assurance_level")),
            Columns.instant(row, "decide_time"));
  }

  private static String text(AssuranceLevel level) {
    return level == AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED ? "" : level.name();
  }

  private static AssuranceLevel level(String text) {
    return text.isEmpty()
        ? AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED
        : AssuranceLevel.valueOf(text);
  }
}
