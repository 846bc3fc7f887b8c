package io.liangjiang.identity.signing;

import io.liangjiang.identity.crypto.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that signs tokens.
 *
 * @param id the tokens' {@code kid}: the key's RFC 7638 thumbprint
 * @param publicJwk the public half (RFC 7517)
 * @param privateKey the private half in PKCS#8, sealed
 */
record SigningKey(
    String id,
    State state,
    String publicJwk,
    Sealed privateKey,
    Instant createTime,
    @Nullable Instant activateTime,
    @Nullable Instant retireTime) {

  /** Where a key stands in its life. */
  enum State {
    /** Published, does not sign yet. */
    NEXT,
    /** Signs. */
    ACTIVE,
    /** Signs no more; published until its tokens have expired. */
    RETIRED
  }

  SigningKey activated(Instant now) {
    return new SigningKey(id, State.ACTIVE, publicJwk, privateKey, createTime, now, null);
  }
}
