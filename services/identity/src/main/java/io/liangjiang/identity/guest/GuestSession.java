package io.liangjiang.identity.guest;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in of a citizen at a guest.
 *
 * @param scopes what was granted for it
 * @param resources for whom tokens may be made out, beside the issuer
 * @param level what the citizen had proved
 * @param authTime when the citizen approved
 * @param expireTime when it ends however much it is used
 * @param revokeTime when it was ended before that
 */
public record GuestSession(
    UUID id,
    UUID citizenId,
    String clientId,
    List<String> scopes,
    List<String> resources,
    AssuranceLevel level,
    Instant authTime,
    Instant createTime,
    Instant expireTime,
    @Nullable Instant revokeTime) {

  /** Whether it neither was ended nor came to its end. */
  public boolean isLive(Instant now) {
    return revokeTime == null && now.isBefore(expireTime);
  }
}
