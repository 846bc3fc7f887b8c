package io.liangjiang.identity.sms;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code that was sent, or is about to be.
 *
 * @param requestId the request that asked for it
 * @param phoneHash keyed hash of the number
 * @param codeHash keyed hash of the code
 * @param wrongTries how often another code was given instead
 * @param sendTime when the provider took it; null before
 * @param useTime when it was used; null before
 */
@SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual
record SmsCode(
    UUID requestId,
    byte[] phoneHash,
    byte[] codeHash,
    int wrongTries,
    Instant createTime,
    @Nullable Instant sendTime,
    @Nullable Instant useTime) {
  static final int MAX_WRONG_TRIES = 5;

  Instant expireTime() {
    return createTime.plus(SmsCodes.LIFE);
  }

  Instant resendTime() {
    return createTime.plus(SmsCodes.PAUSE);
  }

  /** Whether a try is worth looking at. */
  boolean isOpen(Instant now) {
    return useTime == null && wrongTries < MAX_WRONG_TRIES && now.isBefore(expireTime());
  }
}
