package io.liangjiang.citycode;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * What a code says. Only {@link CityCodeVerifier} and {@link CityCodeIssuer} make claims that may
 * be trusted.
 *
 * @param kind what the subject is
 * @param keyId the key it is signed with, see {@link SigningKey#keyId()}
 * @param subject citizen id or ticket id
 * @param issueTime from when it is good, whole seconds
 * @param lifetime how long it is good, whole seconds, 1 second to {@link
 *     CityCodeIssuer#MAX_LIFETIME}
 * @param nonce random; no two codes share it
 * @param entitlements those this reader knows
 */
public record CityCodeClaims(
    CodeKind kind,
    int keyId,
    UUID subject,
    Instant issueTime,
    Duration lifetime,
    long nonce,
    Set<Entitlement> entitlements) {

  /** From this moment on the code is no longer good, clock skew aside. */
  public Instant expireTime() {
    return issueTime.plus(lifetime);
  }

  /** The nonce as 16 hexadecimal digits, the form used in lists of revocations. */
  public String nonceHex() {
    return HexFormat.of().toHexDigits(nonce);
  }

  /** The key id as 8 hexadecimal digits, the form used in key sets. */
  public String keyIdHex() {
    return HexFormat.of().toHexDigits(keyId);
  }
}
