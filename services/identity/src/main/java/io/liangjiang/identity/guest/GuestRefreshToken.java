package io.liangjiang.identity.guest;

import io.liangjiang.identity.session.RefreshDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a guest's refresh token beside its hash.
 *
 * @param generation 0 for the first, one more for each successor
 * @param expireTime until when its first use must come
 * @param rotateTime of its first use; null before
 */
record GuestRefreshToken(
    GuestSession session, int generation, Instant expireTime, @Nullable Instant rotateTime) {

  RefreshDecision.Times times() {
    return new RefreshDecision.Times(
        session.revokeTime(), session.expireTime(), expireTime, rotateTime);
  }
}
