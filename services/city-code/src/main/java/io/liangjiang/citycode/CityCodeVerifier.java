package io.liangjiang.citycode;

import io.liangjiang.citycode.Verification.Reason;
import io.liangjiang.citycode.Verification.Refused;
import io.liangjiang.citycode.Verification.Valid;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Verifies codes without a network. Immutable and safe for many threads; some 0.7 ms of CPU a code.
 * It does not know whether a code was shown before: see {@link ReuseGuard}.
 */
public final class CityCodeVerifier {
  private final VerificationKeys keys;
  private final RevocationList revocations;
  private final Duration clockSkew;

  /**
   * A verifier.
   *
   * @param keys keys of whoever may issue the codes this reader takes
   * @param revocations codes that are no longer good
   * @param clockSkew how far the clocks of issuer and reader may disagree, zero or more
   */
  public CityCodeVerifier(VerificationKeys keys, RevocationList revocations, Duration clockSkew) {
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("The clock skew is negative");
    }
    this.keys = keys;
    this.revocations = revocations;
    this.clockSkew = clockSkew;
  }

  /**
   * Judges a code as of a moment.
   *
   * @param code whatever was read; never throws, however long or odd it is
   * @param now the moment at which the code was shown
   */
  public Verification verify(String code, Instant now) {
    byte[] bytes = CodeFormat.fromText(code);
    if (bytes == null) {
      return new Refused(Reason.MALFORMED);
    }
    CityCodeClaims claims = CodeFormat.decodeClaims(bytes);
    if (claims == null) {
      return new Refused(Reason.MALFORMED);
    }
    VerificationKey key = keys.find(claims.keyId());
    if (key == null || !key.isAcceptedAt(now)) {
      return new Refused(Reason.UNKNOWN_KEY);
    }
    byte[] signed = Arrays.copyOf(bytes, CodeFormat.CLAIMS_LENGTH);
    byte[] signature = Arrays.copyOfRange(bytes, CodeFormat.CLAIMS_LENGTH, CodeFormat.LENGTH);
    if (!key.verifies(signed, signature)) {
      return new Refused(Reason.BAD_SIGNATURE);
    }
    return judge(claims, now);
  }

  private Verification judge(CityCodeClaims claims, Instant now) {
    if (now.plus(clockSkew).isBefore(claims.issueTime())) {
      return new Refused(Reason.NOT_YET_VALID);
    }
    if (!now.minus(clockSkew).isBefore(claims.expireTime())) {
      return new Refused(Reason.EXPIRED);
    }
    if (revocations.revokes(claims, now)) {
      return new Refused(Reason.REVOKED);
    }
    return new Valid(claims);
  }
}
