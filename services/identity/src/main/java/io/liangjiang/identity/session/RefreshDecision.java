package io.liangjiang.identity.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a refresh token that came back is worth; the same for citizens' sessions and guests'. */
public enum RefreshDecision {
  /** Its first use: the successor is made. */
  ROTATE,
  /** Used a moment ago, and the answer may have been lost: the same successor again. */
  REPLAY,
  /** Used longer ago: somebody has a copy, and the session ends. */
  REUSED,
  /** Not used in time, or the session came to its end. */
  EXPIRED,
  /** The session was ended. */
  REVOKED;

  /**
   * When what happens to a token and its family.
   *
   * @param revokeTime when the family was ended; null while it was not
   * @param familyExpireTime when it ends however much it is used
   * @param tokenExpireTime until when the token's first use must come
   * @param rotateTime of its first use; null before
   */
  public record Times(
      @Nullable Instant revokeTime,
      Instant familyExpireTime,
      Instant tokenExpireTime,
      @Nullable Instant rotateTime) {}

  static RefreshDecision of(RefreshToken token, Instant now, Duration grace) {
    Session session = token.session();
    return of(
        new Times(
            session.revokeTime(), session.expireTime(), token.expireTime(), token.rotateTime()),
        now,
        grace);
  }

  /**
   * Decides.
   *
   * @param grace how long after its first use a token answers with the same successor; the last
   *     moment is outside
   */
  public static RefreshDecision of(Times token, Instant now, Duration grace) {
    if (token.revokeTime() != null) {
      return REVOKED;
    }
    if (!now.isBefore(token.familyExpireTime())) {
      return EXPIRED;
    }
    Instant rotated = token.rotateTime();
    if (rotated == null) {
      return now.isBefore(token.tokenExpireTime()) ? ROTATE : EXPIRED;
    }
    return now.isBefore(rotated.plus(grace)) ? REPLAY : REUSED;
  }
}
