package io.liangjiang.identity.signing;

import java.security.PrivateKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys as one process uses them between two looks at the table.
 *
 * @param activeKeyId {@code kid} of the key that signs
 * @param activeKey its private half
 * @param published all keys that verifiers must know, newest first
 */
record KeyRing(String activeKeyId, PrivateKey activeKey, List<SigningKey> published) {
  /** The JWK Set (RFC 7517, 5). */
  String jwks() {
    return published.stream()
        .map(SigningKey::publicJwk)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
