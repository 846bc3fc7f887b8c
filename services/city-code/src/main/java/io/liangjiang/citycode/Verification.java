package io.liangjiang.citycode;

/** The answer of {@link CityCodeVerifier}: the code is good, or it is refused for one reason. */
public sealed interface Verification {

  /**
   * The code is good.
   *
   * @param claims what it says
   */
  record Valid(CityCodeClaims claims) implements Verification {}

  /**
   * The code is refused.
   *
   * @param reason the first reason found, in the order of {@link Reason}
   */
  record Refused(Reason reason) implements Verification {}

  /** Why a code is refused. Names stand for ever. */
  enum Reason {
    /** The text is no code, or one of a version this reader does not know. */
    MALFORMED,
    /** Signed with a key that is not in the set, or not accepted any more. */
    UNKNOWN_KEY,
    /** Not signed by that key: forged or damaged. */
    BAD_SIGNATURE,
    /** Good only later. */
    NOT_YET_VALID,
    /** No longer good. */
    EXPIRED,
    /** Revoked by nonce or by subject. */
    REVOKED
  }
}
