package io.liangjiang.identity.session;

import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Page;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The tables session and refresh_token. */
@ApplicationScoped
class SessionRepository {
  private static final String INSERT =
      """
      insert into session
        (session_id, account_kind, account_id, client_id, device_label, create_time, expire_time,
          methods, auth_time, level_ceiling, sign_in_method_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;
  private static final String INSERT_TOKEN =
      """
      insert into refresh_token (token_hash, session_id, generation, create_time, expire_time, place)
      values ($1, $2, $3, $4, $5, $6)
      """;
  private static final String LOCK_TOKENS =
      """
      select t.token_hash, t.generation, t.expire_time as token_expire_time, t.rotate_time, s.*,
        t.create_time as last_use_time, t.place
      from refresh_token t join session s using (session_id)
      where t.token_hash = any($1) order by session_id, t.generation for no key update
      """;
  private static final String ROTATE =
      """
      with rotated as (
        update refresh_token set rotate_time = $3, place = '' where token_hash = any($1)
      )
      insert into refresh_token (token_hash, session_id, generation, create_time, expire_time, place)
      select successor_hash, session_id, generation, $3, $6, place
      from unnest($2::bytea[], $4::uuid[], $5::int[], $7::text[])
        as n (successor_hash, session_id, generation, place)
      """;
  private static final String REVOKE =
      """
      update session set revoke_time = $2, revoke_reason = $3
      where session_id = $1 and revoke_time is null
      """;
  private static final String RAISE =
      """
      with raised as (
        update session set level_ceiling = $2 where session_id = $1 returning sign_in_method_id
      )
      update sign_in_identity set level_ceiling = $2
      where sign_in_method_id = (select sign_in_method_id from raised) and level_ceiling <> 'FACE'
      """;
  private static final String STEP_UP =
      """
      update session set methods = $2, auth_time = $3, level_ceiling = $4, step_up_request_id = $5
      where session_id = $1
      """;
  private static final String IS_STEPPED_UP =
      "select 1 from session where session_id = $1 and step_up_request_id = $2";
  private static final String OPENED_WITH =
      """
      select session_id from session
      where sign_in_method_id = any($1) and revoke_time is null and expire_time > $2 order by session_id
      """;
  private static final String WITH_LAST_USE =
      """
      select s.*, t.create_time as last_use_time, coalesce(t.place, '') as place
      from session s left join lateral (
        select create_time, place from refresh_token n
        where n.session_id = s.session_id order by n.generation desc limit 1
      ) t on true
      """;
  private static final String FIND = WITH_LAST_USE + "where s.session_id = $1";
  private static final String FIND_BY_TOKEN =
      WITH_LAST_USE
          + "where s.session_id = (select session_id from refresh_token where token_hash = $1)";
  private static final String LIST =
      WITH_LAST_USE
          + """
          where s.account_id = $1 and s.revoke_time is null and s.expire_time > $2
            and (s.create_time, s.session_id) < ($3, $4)
          order by s.create_time desc, s.session_id desc limit $5
          """;
  private static final String LIVE_IDS =
      """
      select session_id from session
      where account_id = $1 and revoke_time is null and expire_time > $2 order by session_id
      """;
  private static final String FORGET_SESSIONS =
      """
      delete from session where session_id in
        (select session_id from session where expire_time < $1 order by expire_time limit $2)
      """;
  private static final String FORGET_TOKENS =
      """
      delete from refresh_token where token_hash in
        (select token_hash from refresh_token where rotate_time < $1 order by rotate_time limit $2)
      """;
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  Uni<Void> insert(SqlConnection tx, Session session) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    session.id(),
                    session.account().kind().name(),
                    session.account().id(),
                    session.clientId(),
                    session.device().label(),
                    ProtoTime.database(session.createTime()),
                    ProtoTime.database(session.expireTime()),
                    session.authentication().methods().toArray(String[]::new),
                    ProtoTime.database(session.authentication().time()),
                    session.authentication().ceiling().name(),
                    session.authentication().methodId())))
        .replaceWithVoid();
  }

  Uni<Void> insertToken(SqlConnection tx, Grant grant, Instant expireTime) {
    return tx.preparedQuery(INSERT_TOKEN)
        .execute(
            Tuple.of(
                Buffer.buffer(RefreshSecrets.hash(grant.refreshToken())),
                grant.session().id(),
                grant.generation(),
                ProtoTime.database(grant.issuedAt()),
                ProtoTime.database(expireTime),
                grant.session().device().place()))
        .replaceWithVoid();
  }

  /**
   * The tokens that are known, by hash, and their sessions, kept from changing until the
   * transaction ends.
   */
  Uni<Map<Buffer, RefreshToken>> lockTokens(SqlConnection tx, List<Buffer> hashes) {
    return tx.preparedQuery(LOCK_TOKENS)
        .execute(Tuple.of((Object) hashes.toArray(Buffer[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.toMap(
                            row -> row.getDelegate().getBuffer("token_hash"),
                            SessionRepository::token)));
  }

  /**
   * Notes the first use of tokens and keeps their successors, one each in the same order. Only the
   * newest token of a session keeps a place, so nobody's ways are recorded.
   *
   * @param expireTime until when the successors' first use must come
   */
  Uni<Void> rotate(
      SqlConnection tx, List<Buffer> hashes, List<Grant> successors, Instant expireTime) {
    if (hashes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(ROTATE)
        .execute(
            Tuple.from(
                List.of(
                    hashes.toArray(Buffer[]::new),
                    successors.stream()
                        .map(each -> Buffer.buffer(RefreshSecrets.hash(each.refreshToken())))
                        .toArray(Buffer[]::new),
                    ProtoTime.database(successors.getFirst().issuedAt()),
                    successors.stream().map(each -> each.session().id()).toArray(UUID[]::new),
                    successors.stream().map(Grant::generation).toArray(Integer[]::new),
                    ProtoTime.database(expireTime),
                    successors.stream()
                        .map(each -> each.session().device().place())
                        .toArray(String[]::new))))
        .replaceWithVoid();
  }

  /** Ends the session; false when it was ended before. */
  Uni<Boolean> revoke(SqlConnection tx, UUID sessionId, String reason, Instant now) {
    return tx.preparedQuery(REVOKE)
        .execute(Tuple.of(sessionId, ProtoTime.database(now), reason))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Notes a fresh proof, and the request that brought it. */
  Uni<Void> stepUp(
      SqlConnection tx, UUID sessionId, Authentication authentication, UUID requestId) {
    return tx.preparedQuery(STEP_UP)
        .execute(
            Tuple.from(
                List.of(
                    sessionId,
                    authentication.methods().toArray(String[]::new),
                    ProtoTime.database(authentication.time()),
                    authentication.ceiling().name(),
                    requestId)))
        .replaceWithVoid();
  }

  /** Whether the session's newest proof came with this request. */
  Uni<Boolean> isSteppedUp(SqlClient client, UUID sessionId, UUID requestId) {
    return client
        .preparedQuery(IS_STEPPED_UP)
        .execute(Tuple.of(sessionId, requestId))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Ids of live sessions that were opened with one of the sign-in methods. */
  Uni<List<UUID>> openedWith(SqlConnection tx, List<UUID> methodIds, Instant now) {
    return tx.preparedQuery(OPENED_WITH)
        .execute(Tuple.from(List.of(methodIds.toArray(UUID[]::new), ProtoTime.database(now))))
        .map(SessionRepository::ids);
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.getUUID("session_id"))
        .toList();
  }

  /** What the session, and the mini-program it came from, are worth from now on. */
  Uni<Void> raise(SqlClient client, UUID sessionId, AssuranceLevel ceiling) {
    return client
        .preparedQuery(RAISE)
        .execute(Tuple.of(sessionId, ceiling.name()))
        .replaceWithVoid();
  }

  /** Ids of the account's live sessions, of which there are few. */
  Uni<List<UUID>> liveIds(SqlConnection tx, UUID accountId, Instant now) {
    return tx.preparedQuery(LIVE_IDS)
        .execute(Tuple.of(accountId, ProtoTime.database(now)))
        .map(SessionRepository::ids);
  }

  Uni<Optional<Session>> find(SqlClient client, UUID sessionId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(sessionId))
        .map(rows -> first(rows, SessionRepository::session));
  }

  Uni<Optional<Session>> findByToken(SqlClient client, byte[] hash) {
    return client
        .preparedQuery(FIND_BY_TOKEN)
        .execute(Tuple.of(Buffer.buffer(hash)))
        .map(rows -> first(rows, SessionRepository::session));
  }

  /** Live sessions of an account, newest first, one more than the page wants. */
  Uni<List<Session>> listLive(SqlClient client, UUID accountId, Page page, Instant now) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(
            Tuple.of(
                accountId,
                ProtoTime.database(now),
                ProtoTime.database(before),
                beforeId,
                page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(SessionRepository::session)
                    .toList());
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

  private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(reader.apply(iterator.next())) : Optional.empty();
  }

  private static RefreshToken token(Row row) {
    return new RefreshToken(
        session(row),
        row.getInteger("generation"),
        Columns.instant(row, "token_expire_time"),
        Columns.instantOrNull(row, "rotate_time"));
  }

  private static Session session(Row row) {
    Instant createTime = Columns.instant(row, "create_time");
    Instant lastUse = Columns.instantOrNull(row, "last_use_time");
    return new Session(
        row.getUUID("session_id"),
        new Account(Account.Kind.valueOf(row.getString("account_kind")), row.getUUID("account_id")),
        row.getString("client_id"),
        new Device(row.getString("device_label"), row.getString("place")),
        createTime,
        Columns.instant(row, "expire_time"),
        Columns.instantOrNull(row, "revoke_time"),
        lastUse == null ? createTime : lastUse,
        new Authentication(
            row.getUUID("sign_in_method_id"),
            List.of(row.getArrayOfStrings("methods")),
            Columns.instant(row, "auth_time"),
            AssuranceLevel.valueOf(row.getString("level_ceiling"))));
  }
}
