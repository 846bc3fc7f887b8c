package io.liangjiang.identity.authorization;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way.
 *
 * @param code what the page shows and the citizen types
 * @param browserHash of the cookie of the browser that began
 * @param decision of the citizen; null when nobody decided, or the browser gave up
 * @param wrongCodes how often a wrong confirmation code was typed
 * @param codeExpireTime of the guest's authorization code, once there is one
 * @param sessionId the session that the code was redeemed for
 */
@SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual
record PendingAuthorization(
    String code,
    AuthorizationAsk ask,
    byte[] browserHash,
    State state,
    Instant createTime,
    Instant expireTime,
    @Nullable Decision decision,
    int wrongCodes,
    @Nullable Instant codeExpireTime,
    @Nullable UUID sessionId,
    @Nullable Instant redeemTime) {

  /** Where it stands. */
  enum State {
    /** Nobody has decided. */
    WAITING,
    /** A citizen approved; the browser has yet to go on. */
    APPROVED,
    /** A citizen refused, the browser gave up, or the confirmation code was guessed at. */
    DENIED,
    /** The browser went on with a code for the guest. */
    CONTINUED
  }

  /**
   * What a citizen decided.
   *
   * @param scopes what was granted; empty for a refusal
   * @param level what the citizen had proved
   */
  record Decision(UUID citizenId, List<String> scopes, AssuranceLevel level, Instant time) {}

  /** Whether it may still be decided and gone on with. */
  boolean isOpen(Instant now) {
    return now.isBefore(expireTime);
  }

  /** Whether the citizen may see it: nobody decided, or this citizen did. */
  boolean isVisibleTo(UUID citizenId) {
    return decision == null ? state == State.WAITING : decision.citizenId().equals(citizenId);
  }

  /** Whether the citizen who refused could not have approved. */
  boolean wasOutOfReach() {
    return decision != null && decision.level().getNumber() < ask.requiredLevel().getNumber();
  }
}
