package io.liangjiang.gateway.request;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Request ids: the UUIDs under which services remember what they have done. */
@Singleton
public final class RequestIds {
  private static final int MAX_KEY_LENGTH = 128;
  private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final InstantSource clock;

  RequestIds(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The request id of an Idempotency-Key. A UUID is taken as it is; any other key of 1 to 128
   * visible ASCII characters is hashed together with the caller's subject (so that two callers with
   * the same key do not meet) into a UUID of version 8 (RFC 9562). The quotes of a structured
   * header's string may be there or not. Errors: INVALID_IDEMPOTENCY_KEY.
   */
  public static String ofKey(String key, String subject) {
    String bare = unquoted(key);
    boolean visible = bare.chars().allMatch(c -> c > ' ' && c < 127);
    if (bare.isEmpty() || bare.length() > MAX_KEY_LENGTH || !visible) {
      throw new ServiceException(
          GatewayReason.INVALID_IDEMPOTENCY_KEY,
          "Idempotency-Key must be 1 to " + MAX_KEY_LENGTH + " visible ASCII characters");
    }
    String lower = bare.toLowerCase(Locale.ROOT);
    return Violations.isUuid(lower) ? lower : hashed(subject + '\n' + bare).toString();
  }

  private static String unquoted(String key) {
    boolean quoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
    return quoted ? key.substring(1, key.length() - 1) : key;
  }

  private static UUID hashed(String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bits = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
      return withVersion(bits.getLong(), bits.getLong(), 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }

  /**
   * A new UUID of version 7: its first 48 bits are the time in milliseconds, so that indexes stay
   * small.
   */
  public String next() {
    var random = ThreadLocalRandom.current();
    long time = clock.millis() << 16;
    return withVersion(time | (random.nextLong() & 0xFFF), random.nextLong(), 7).toString();
  }

  private static UUID withVersion(long high, long low, long version) {
    return new UUID((high & VERSION_MASK) | (version << 12), (low & VARIANT_MASK) | VARIANT);
  }
}
