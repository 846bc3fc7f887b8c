package io.liangjiang.identity.passkey;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table passkey_challenge: 32 random bytes for one answer within 5 minutes. */
@ApplicationScoped
class PasskeyChallenges {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int BYTES = 32;
  private static final String INSERT =
      """
      insert into passkey_challenge (challenge_id, purpose, challenge, account_id, create_time)
      values ($1, $2, $3, $4, $5) on conflict do nothing
      """;
  private static final String FIND = "select * from passkey_challenge where challenge_id = $1";
  private static final String USE =
      """
      update passkey_challenge set use_time = $2 where challenge_id = $1 and use_time is null
      """;
  private static final String FORGET = "delete from passkey_challenge where create_time < $1";

  /** What the answer is to be good for. */
  enum Purpose {
    /** Adding a passkey to an account. */
    REGISTRATION,
    /** Proving who somebody is. */
    SIGN_IN
  }

  /** One challenge. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Issued(
      UUID id,
      Purpose purpose,
      byte[] bytes,
      @Nullable UUID accountId,
      Instant createTime,
      boolean used) {
    Instant expireTime() {
      return createTime.plus(LIFE);
    }
  }

  private final Database database;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  PasskeyChallenges(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The challenge with that id, made when there is none yet. Errors: REQUEST_ID_REUSED. */
  Uni<Issued> issue(UUID id, Purpose purpose, @Nullable UUID accountId) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return database
        .client()
        .preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    id,
                    purpose.name(),
                    Buffer.buffer(bytes),
                    accountId,
                    ProtoTime.database(Columns.now(clock)))))
        .chain(() -> find(database.client(), id))
        .map(found -> found.filter(issued -> isFor(issued, purpose, accountId)))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            PlatformReason.REQUEST_ID_REUSED,
                            "the request id was used for another challenge")));
  }

  /**
   * The challenge, while it is good for that. One that was used to register may be looked at again:
   * the request that used it may have lost its answer. Errors: INVALID_PASSKEY_CHALLENGE.
   */
  Uni<Issued> require(UUID id, Purpose purpose, @Nullable UUID accountId) {
    return find(database.client(), id)
        .map(
            found ->
                found
                    .filter(issued -> isFor(issued, purpose, accountId))
                    .filter(issued -> purpose == Purpose.REGISTRATION || !issued.used())
                    .filter(issued -> clock.instant().isBefore(issued.expireTime()))
                    .orElseThrow(PasskeyChallenges::invalid));
  }

  /** Uses it up. Errors: INVALID_PASSKEY_CHALLENGE when it was used before. */
  Uni<Void> use(SqlConnection tx, UUID id) {
    return tx.preparedQuery(USE)
        .execute(Tuple.of(id, ProtoTime.database(Columns.now(clock))))
        .invoke(
            rows -> {
              if (rows.rowCount() != 1) {
                throw invalid();
              }
            })
        .replaceWithVoid();
  }

  Uni<Void> forgetOld() {
    return database
        .client()
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(clock.instant().minus(KEPT))))
        .replaceWithVoid();
  }

  private static Uni<Optional<Issued>> find(SqlClient client, UUID id) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(id))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(issued(rows.iterator().next())));
  }

  private static boolean isFor(Issued issued, Purpose purpose, @Nullable UUID accountId) {
    return issued.purpose() == purpose && java.util.Objects.equals(issued.accountId(), accountId);
  }

  private static Issued issued(Row row) {
    return new Issued(
        row.getUUID("challenge_id"),
        Purpose.valueOf(row.getString("purpose")),
        Columns.bytes(row, "challenge"),
        row.getUUID("account_id"),
        Columns.instant(row, "create_time"),
        row.getOffsetDateTime("use_time") != null);
  }

  private static ServiceException invalid() {
    return new ServiceException(
        IdentityReason.INVALID_PASSKEY_CHALLENGE, "the challenge is unknown, over or used");
  }
}
