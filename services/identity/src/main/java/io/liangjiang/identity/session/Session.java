package io.liangjiang.identity.session;

import io.liangjiang.identity.account.Account;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in on one device.
 *
 * @param clientId mini-program, or "staff"
 * @param device on which
 * @param expireTime when it ends however much it is used
 * @param revokeTime when it was ended before that
 * @param lastUseTime when tokens were last given out for it
 * @param authentication how its owner proved who they are
 */
record Session(
    UUID id,
    Account account,
    String clientId,
    Device device,
    Instant createTime,
    Instant expireTime,
    @Nullable Instant revokeTime,
    Instant lastUseTime,
    Authentication authentication) {

  boolean isLive(Instant now) {
    return revokeTime == null && now.isBefore(expireTime);
  }

  /** The session as its device is at a place. */
  Session at(String place) {
    return new Session(
        id,
        account,
        clientId,
        new Device(device.label(), place),
        createTime,
        expireTime,
        revokeTime,
        lastUseTime,
        authentication);
  }
}
