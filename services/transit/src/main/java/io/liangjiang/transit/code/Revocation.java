package io.liangjiang.transit.code;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One code, or all codes of a citizen issued before a moment, that are no longer good.
 *
 * @param revocationId grows with time; 0 before it is kept
 * @param nonce the code; null when the citizen's codes are meant
 * @param citizenId whose codes; null when one code is meant
 * @param reason why
 * @param revokeTime from when
 * @param expireTime by then every code meant has expired
 */
public record Revocation(
    long revocationId,
    @Nullable Long nonce,
    @Nullable UUID citizenId,
    Reason reason,
    Instant revokeTime,
    Instant expireTime) {

  /** Why; the names are those of the contract. */
  public enum Reason {
    SUPERSEDED,
    REVOKED_BY_CITIZEN,
    COPIED_CODE
  }

  /** Revokes one code. */
  public static Revocation ofNonce(
      long nonce, Reason reason, Instant revokeTime, Instant expireTime) {
    return new Revocation(0, nonce, null, reason, revokeTime, expireTime);
  }

  /** Revokes a citizen's codes. */
  public static Revocation ofCitizen(UUID citizenId, Instant revokeTime, Instant expireTime) {
    return new Revocation(0, null, citizenId, Reason.REVOKED_BY_CITIZEN, revokeTime, expireTime);
  }
}
