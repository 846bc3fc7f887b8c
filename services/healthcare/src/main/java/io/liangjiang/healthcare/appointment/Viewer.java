package io.liangjiang.healthcare.appointment;

import io.liangjiang.platform.caller.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose appointments a caller may see: a citizen their own, a desk the ones at its hospital. One of
 * the two is null.
 *
 * @param citizenId the citizen who made them
 * @param hospitalId the hospital where they are
 */
record Viewer(@Nullable UUID citizenId, @Nullable String hospitalId) {
  private static final String DESK = "hospital-desk";

  /** What the caller may see. Errors: PERMISSION_DENIED for a desk that belongs to no hospital. */
  static Viewer of(Caller caller) {
    return caller.hasRole(DESK)
        ? new Viewer(null, caller.requireOrganisationId())
        : citizen(caller);
  }

  /** What the caller may see as a citizen. */
  static Viewer citizen(Caller caller) {
    return new Viewer(UUID.fromString(caller.subject()), null);
  }

  boolean isDesk() {
    return hospitalId != null;
  }
}
