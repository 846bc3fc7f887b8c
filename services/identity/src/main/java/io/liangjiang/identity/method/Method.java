package io.liangjiang.identity.method;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One way to sign in.
 *
 * @param label what its owner knows it by
 * @param lastUseTime when a session was last opened with it, as far as is remembered
 */
record Method(UUID id, Kind kind, String label, Instant createTime, @Nullable Instant lastUseTime) {
  /** Which way. */
  enum Kind {
    /** As one mini-program knows the citizen. */
    MINI_PROGRAM,
    /** A code by SMS. */
    PHONE,
    /** A key on a device. */
    PASSKEY
  }
}
