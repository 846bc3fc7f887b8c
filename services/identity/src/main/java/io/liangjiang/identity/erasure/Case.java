package io.liangjiang.identity.erasure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure, from the request to the certificate.
 *
 * @param beginTime until when it can be cancelled
 * @param nextAttemptTime when it is carried on; null when it is over
 * @param blockers what stands in the way, as "service/REASON"
 */
record Case(
    UUID id,
    UUID citizenId,
    State state,
    Instant createTime,
    Instant beginTime,
    @Nullable Instant completeTime,
    @Nullable Instant nextAttemptTime,
    List<String> blockers) {
  /** How far it is. */
  enum State {
    /** Asked for. */
    REQUESTED,
    /** Taken back. */
    CANCELLED,
    /** The account is closed and the services erase. */
    ERASING,
    /** Done. */
    COMPLETED
  }

  /**
   * What one service did.
   *
   * @param answer the service's, as it was sent
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Step(String service, Instant eraseTime, byte[] answer) {}
}
