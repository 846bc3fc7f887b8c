package io.liangjiang.identity.session;

import java.time.Duration;
import java.time.Instant;

/** What a refresh token that came back is worth. */
enum RefreshDecision {
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
   * Decides.
   *
   * @param grace how long after its first use a token answers with the same successor; the last
   *     moment is outside
   */
  static RefreshDecision of(RefreshToken token, Instant now, Duration grace) {
    Session session = token.session();
    if (session.revokeTime() != null) {
      return REVOKED;
    }
    if (!now.isBefore(session.expireTime())) {
      return EXPIRED;
    }
    Instant rotated = token.rotateTime();
    if (rotated == null) {
      return now.isBefore(token.expireTime()) ? ROTATE : EXPIRED;
    }
    return now.isBefore(rotated.plus(grace)) ? REPLAY : REUSED;
  }
}
