package io.liangjiang.identity.face;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One citizen before the provider's camera.
 *
 * @param id its request's
 * @param consentRecordId under which consent
 * @param ticket the provider's
 */
record Verification(
    UUID id, UUID citizenId, UUID consentRecordId, String ticket, Instant createTime) {
  /** How long it can be finished. */
  static final Duration LIFE = Duration.ofMinutes(10);

  Instant expireTime() {
    return createTime.plus(LIFE);
  }
}
