package io.liangjiang.citycode;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/** Issues codes with one key. Safe for many threads; some 0.8 ms of CPU a code. */
public final class CityCodeIssuer {
  /** The longest life of a code, 194 days; a citizen's code lives a minute, a ticket's its day. */
  public static final Duration MAX_LIFETIME = Duration.ofSeconds(CodeFormat.MAX_LIFETIME_SECONDS);

  private final SigningKey key;
  private final SecureRandom random;

  /**
   * An issuer.
   *
   * @param key signs
   * @param random makes the nonces
   */
  public CityCodeIssuer(SigningKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Issues a code with a fresh nonce.
   *
   * @param kind what the subject is
   * @param subject citizen id or ticket id
   * @param issueTime from when it is good, cut to whole seconds; may be ahead, for a ticket of
   *     another day
   * @param lifetime how long, 1 second to {@link #MAX_LIFETIME}, whole seconds
   * @param entitlements may be empty
   * @throws IllegalArgumentException for a time before 1970 or after 2106, or a lifetime out of
   *     range
   */
  public IssuedCode issue(
      CodeKind kind,
      UUID subject,
      Instant issueTime,
      Duration lifetime,
      Set<Entitlement> entitlements) {
    if (issueTime.getEpochSecond() < 0
        || issueTime.getEpochSecond() > CodeFormat.MAX_EPOCH_SECOND) {
      throw new IllegalArgumentException("The issue time is out of range: " + issueTime);
    }
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0
        || lifetime.compareTo(MAX_LIFETIME) > 0
        || lifetime.getNano() != 0) {
      throw new IllegalArgumentException("The lifetime is out of range: " + lifetime);
    }
    CityCodeClaims claims =
        new CityCodeClaims(
            kind,
            key.keyId(),
            subject,
            issueTime.truncatedTo(ChronoUnit.SECONDS),
            lifetime,
            random.nextLong(),
            Set.copyOf(entitlements));
    byte[] bytes = CodeFormat.encodeClaims(claims, Entitlement.toBits(entitlements));
    return new IssuedCode(CodeFormat.toText(bytes, key.sign(bytes)), claims);
  }

  /**
   * A code and what it says.
   *
   * @param text {@value CodeFormat#TEXT_LENGTH} characters for a QR code
   * @param claims what it says
   */
  public record IssuedCode(String text, CityCodeClaims claims) {}
}
