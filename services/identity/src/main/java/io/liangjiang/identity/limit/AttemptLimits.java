package io.liangjiang.identity.limit;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Counts attempts. What is counted before the costly part of an attempt also bounds a burst of
 * them.
 */
@ApplicationScoped
public class AttemptLimits {
  private static final String ACQUIRE =
      """
      insert into attempt_count as a (limit_key, window_start, attempts) values ($1, $2, 1)
      on conflict (limit_key) do update set
        attempts = case when a.window_start <= $3 then 1 else least(a.attempts + 1, 1000000) end,
        window_start = case when a.window_start <= $3 then $2 else a.window_start end
      returning window_start, attempts
      """;
  private static final String FIND =
      "select window_start, attempts from attempt_count where limit_key = $1 and window_start > $2";
  private static final String GIVE_BACK =
      "update attempt_count set attempts = greatest(attempts - 1, 0) where limit_key = $1";
  private static final String RESET = "delete from attempt_count where limit_key = $1";
  private static final String FORGET = "delete from attempt_count where window_start < $1";
  private static final Duration LONGEST_WINDOW = Duration.ofDays(2);

  private final Database database;
  private final InstantSource clock;

  AttemptLimits(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts one attempt. Errors: TOO_MANY_ATTEMPTS with a retry hint when there were as many as
   * allowed.
   */
  public Uni<Void> acquire(AttemptLimit limit, String key) {
    Instant now = Columns.now(clock);
    Instant windowBefore = now.minus(limit.window());
    return database
        .client()
        .preparedQuery(ACQUIRE)
        .execute(
            Tuple.of(key(limit, key), ProtoTime.database(now), ProtoTime.database(windowBefore)))
        .invoke(rows -> check(limit, limit.attempts(), rows.iterator().next(), now))
        .replaceWithVoid();
  }

  /** Counts nothing. Errors: TOO_MANY_ATTEMPTS with a retry hint when no more is allowed now. */
  public Uni<Void> requireOpen(AttemptLimit limit, String key) {
    Instant now = Columns.now(clock);
    return database
        .client()
        .preparedQuery(FIND)
        .execute(Tuple.of(key(limit, key), ProtoTime.database(now.minus(limit.window()))))
        .invoke(rows -> rows.forEach(row -> check(limit, limit.attempts() - 1, row, now)))
        .replaceWithVoid();
  }

  /** Takes one attempt back: it succeeded. */
  public Uni<Void> giveBack(AttemptLimit limit, String key) {
    return database
        .client()
        .preparedQuery(GIVE_BACK)
        .execute(Tuple.of(key(limit, key)))
        .replaceWithVoid();
  }

  /** Forgets all attempts. */
  public Uni<Void> reset(AttemptLimit limit, String key) {
    return database
        .client()
        .preparedQuery(RESET)
        .execute(Tuple.of(key(limit, key)))
        .replaceWithVoid();
  }

  /** Deletes windows that ended long ago. */
  public Uni<Void> forgetOld() {
    return database
        .client()
        .preparedQuery(FORGET)
        .execute(Tuple.of(ProtoTime.database(clock.instant().minus(LONGEST_WINDOW))))
        .replaceWithVoid();
  }

  private static void check(AttemptLimit limit, int allowed, Row row, Instant now) {
    if (row.getInteger("attempts") > allowed) {
      Duration left =
          Duration.between(now, Columns.instant(row, "window_start").plus(limit.window()));
      throw new ServiceException(IdentityReason.TOO_MANY_ATTEMPTS, "too many attempts")
          .with("limit", limit.name())
          .retryAfter(left.isPositive() ? left : Duration.ofSeconds(1));
    }
  }

  private static String key(AttemptLimit limit, String key) {
    return limit.name() + "/" + key;
  }
}
