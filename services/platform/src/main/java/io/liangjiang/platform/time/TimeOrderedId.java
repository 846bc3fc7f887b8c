package io.liangjiang.platform.time;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Ids whose order is that of their making (UUID version 7, RFC 9562), so that new rows land side by
 * side in an index.
 */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TimeOrderedId() {}

  /** A new id of now. */
  public static UUID next(InstantSource clock) {
    long high = (clock.millis() << 16) | VERSION | RANDOM.nextInt(1 << 12);
    long low = VARIANT | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
