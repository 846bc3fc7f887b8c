package io.liangjiang.citycode;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys a reader accepts: several, so that a new one is known before the first code is signed
 * with it and an old one stays until its last code has been seen. Immutable; a reader replaces it
 * as a whole when it synchronises.
 */
public final class VerificationKeys {
  /** Keys in one set at most. */
  public static final int MAX_KEYS = 16;

  private final Map<Integer, VerificationKey> keyById;

  private VerificationKeys(Map<Integer, VerificationKey> keyById) {
    this.keyById = keyById;
  }

  /**
   * A set of keys.
   *
   * @throws IllegalArgumentException for more than {@link #MAX_KEYS} keys or two keys of one id
   */
  public static VerificationKeys of(Collection<VerificationKey> keys) {
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("More than " + MAX_KEYS + " keys");
    }
    Map<Integer, VerificationKey> keyById = new HashMap<>();
    for (VerificationKey key : keys) {
      if (keyById.put(key.keyId(), key) != null) {
        throw new IllegalArgumentException("Two keys have the id " + key.keyIdHex());
      }
    }
    return new VerificationKeys(Map.copyOf(keyById));
  }

  @Nullable VerificationKey find(int keyId) {
    return keyById.get(keyId);
  }
}
