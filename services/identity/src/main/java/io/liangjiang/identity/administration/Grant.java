package io.liangjiang.identity.administration;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A role that is being given to somebody. */
record Grant(
    UUID id,
    UUID staffId,
    String role,
    State state,
    String proposedBy,
    String decidedBy,
    Instant createTime,
    Instant expireTime,
    @Nullable Instant decideTime) {

  /** What was decided. */
  enum State {
    /** Nothing yet. */
    PENDING,
    /** The role was given. */
    GRANTED,
    /** It was refused. */
    REJECTED
  }

  boolean isExpired(Instant now) {
    return state == State.PENDING && !now.isBefore(expireTime);
  }

  Grant decided(State outcome, String by, Instant now) {
    return new Grant(id, staffId, role, outcome, proposedBy, by, createTime, expireTime, now);
  }
}
