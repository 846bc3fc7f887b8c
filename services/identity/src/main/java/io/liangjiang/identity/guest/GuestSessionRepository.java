package io.liangjiang.identity.guest;

import io.liangjiang.identity.session.RefreshSecrets;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The tables guest_session and guest_refresh_token. */
@ApplicationScoped
class GuestSessionRepository {
  private static final String INSERT =
      """
      insert into guest_session (guest_session_id, citizen_id, client_id, scopes, resources,
        assurance_level, auth_time, create_time, last_use_time, expire_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
      """;
  private static final String INSERT_TOKEN =
      """
      insert into guest_refresh_token
        (token_hash, guest_session_id, generation, create_time, expire_time)
      values ($1, $2, $3, $4, $5)
      """;
  private static final String FIND_TOKEN =
      """
      select t.generation, t.expire_time as token_expire_time, t.rotate_time, s.*
      from guest_refresh_token t join guest_session s using (guest_session_id)
      where t.token_hash = $1
      """;
  private static final String LOCK_TOKEN = FIND_TOKEN + " for update";
  private static final String ROTATE =
      "update guest_refresh_token set rotate_time = $2 where token_hash = $1";
  private static final String USED =
      "update guest_session set last_use_time = $2 where guest_session_id = $1";
  private static final String REVOKE =
      """
      update guest_session set revoke_time = $2, revoke_reason = $3
      where guest_session_id = $1 and revoke_time is null
      """;
  private static final String FIND = "select * from guest_session where guest_session_id = $1";
  private static final String LIVE =
      """
      select * from guest_session
      where citizen_id = $1 and client_id = $2 and revoke_time is null and expire_time > $3
      order by guest_session_id for update
      """;
  private static final String OF_SUSPENDED =
      """
      select s.* from guest_client c
        join guest_session s on s.client_id = c.client_id and s.create_time <= c.suspend_time
      where c.suspend_time is not null and s.revoke_time is null and s.expire_time > $1
      order by s.guest_session_id limit $2
      """;
  private static final String FORGET_SESSIONS =
      """
      delete from guest_session where guest_session_id in
        (select guest_session_id from guest_session where expire_time < $1
         order by expire_time limit $2)
      """;
  private static final String FORGET_TOKENS =
      """
      delete from guest_refresh_token where token_hash in
        (select token_hash from guest_refresh_token where rotate_time < $1
         order by rotate_time limit $2)
      """;

  Uni<Void> insert(SqlConnection tx, GuestSession session) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    session.id(),
                    session.citizenId(),
                    session.clientId(),
                    session.scopes().toArray(String[]::new),
                    session.resources().toArray(String[]::new),
                    session.level().name(),
                    ProtoTime.database(session.authTime()),
                    ProtoTime.database(session.createTime()),
                    ProtoTime.database(session.expireTime()))))
        .replaceWithVoid();
  }

  Uni<Void> insertToken(SqlConnection tx, IssuedGrant grant, Instant expireTime) {
    return tx.preparedQuery(INSERT_TOKEN)
        .execute(
            Tuple.of(
                Buffer.buffer(RefreshSecrets.hash(grant.refreshToken())),
                grant.session().id(),
                grant.generation(),
                ProtoTime.database(grant.issuedAt()),
                ProtoTime.database(expireTime)))
        .replaceWithVoid();
  }

  /** The token and its session, kept from changing until the transaction ends. */
  Uni<Optional<GuestRefreshToken>> lockToken(SqlConnection tx, byte[] hash) {
    return tx.preparedQuery(LOCK_TOKEN)
        .execute(Tuple.of(Buffer.buffer(hash)))
        .map(rows -> first(rows, GuestSessionRepository::token));
  }

  Uni<Void> rotate(SqlConnection tx, byte[] hash, UUID sessionId, Instant now) {
    return tx.preparedQuery(ROTATE)
        .execute(Tuple.of(Buffer.buffer(hash), ProtoTime.database(now)))
        .chain(() -> tx.preparedQuery(USED).execute(Tuple.of(sessionId, ProtoTime.database(now))))
        .replaceWithVoid();
  }

  /** Ends the session; false when it was ended before. */
  Uni<Boolean> revoke(SqlConnection tx, UUID sessionId, String reason, Instant now) {
    return tx.preparedQuery(REVOKE)
        .execute(Tuple.of(sessionId, ProtoTime.database(now), reason))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Optional<GuestSession>> find(SqlClient client, UUID sessionId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(sessionId))
        .map(rows -> first(rows, GuestSessionRepository::session));
  }

  /** The token and its session as they are now. */
  Uni<Optional<GuestRefreshToken>> findToken(SqlClient client, byte[] hash) {
    return client
        .preparedQuery(FIND_TOKEN)
        .execute(Tuple.of(Buffer.buffer(hash)))
        .map(rows -> first(rows, GuestSessionRepository::token));
  }

  /** The citizen's live sessions at the guest, of which there are few. */
  Uni<List<GuestSession>> lockLive(SqlConnection tx, UUID citizenId, String clientId, Instant now) {
    return tx.preparedQuery(LIVE)
        .execute(Tuple.of(citizenId, clientId, ProtoTime.database(now)))
        .map(GuestSessionRepository::all);
  }

  /** Sessions from before their guest's suspension that are not ended yet; at most so many. */
  Uni<List<GuestSession>> ofSuspended(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(OF_SUSPENDED)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(GuestSessionRepository::all);
  }

  /** Deletes sessions that ended by age, with their tokens; at most so many. */
  Uni<Void> forgetSessions(SqlClient client, Instant expiredBefore, int limit) {
    return client
        .preparedQuery(FORGET_SESSIONS)
        .execute(Tuple.of(ProtoTime.database(expiredBefore), limit))
        .replaceWithVoid();
  }

  /** Deletes tokens that were used long ago; at most so many. */
  Uni<Void> forgetTokens(SqlClient client, Instant rotatedBefore, int limit) {
    return client
        .preparedQuery(FORGET_TOKENS)
        .execute(Tuple.of(ProtoTime.database(rotatedBefore), limit))
        .replaceWithVoid();
  }

  private static List<GuestSession> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(GuestSessionRepository::session)
        .toList();
  }

  private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(reader.apply(iterator.next())) : Optional.empty();
  }

  private static GuestRefreshToken token(Row row) {
    return new GuestRefreshToken(
        session(row),
        row.getInteger("generation"),
        Columns.instant(row, "token_expire_time"),
        Columns.instantOrNull(row, "rotate_time"));
  }

  private static GuestSession session(Row row) {
    return new GuestSession(
        row.getUUID("guest_session_id"),
        row.getUUID("citizen_id"),
        row.getString("client_id"),
        List.of(row.getArrayOfStrings("scopes")),
        List.of(row.getArrayOfStrings("resources")),
        AssuranceLevel.valueOf(row.getString("assurance_level")),
        Columns.instant(row, "auth_time"),
        Columns.instant(row, "create_time"),
        Columns.instant(row, "expire_time"),
        Columns.instantOrNull(row, "revoke_time"));
  }
}
