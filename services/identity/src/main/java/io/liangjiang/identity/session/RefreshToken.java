package io.liangjiang.identity.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a refresh token beside its hash.
 *
 * @param generation 0 for the one given at sign-in, one more for each successor
 * @param expireTime until when its first use must come
 * @param rotateTime of its first use; null before
 */
record RefreshToken(
    Session session, int generation, Instant expireTime, @Nullable Instant rotateTime) {
  RefreshToken rotated(Instant time) {
    return new RefreshToken(session, generation, expireTime, time);
  }
}
