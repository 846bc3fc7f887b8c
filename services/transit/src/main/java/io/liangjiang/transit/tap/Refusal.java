package io.liangjiang.transit.tap;

import io.liangjiang.citycode.Verification;

/** Why a tap is no ride; the names are those of the contract. */
enum Refusal {
  MALFORMED,
  UNKNOWN_KEY,
  BAD_SIGNATURE,
  EXPIRED,
  NOT_YET_VALID,
  REVOKED,
  COPIED_CODE,
  WRONG_KIND,
  LINE_NOT_FOUND,
  TAP_TOO_OLD,
  TAP_IN_FUTURE,
  TAP_ID_REUSED;

  static Refusal of(Verification.Reason reason) {
    return switch (reason) {
      case MALFORMED -> MALFORMED;
      case UNKNOWN_KEY -> UNKNOWN_KEY;
      case BAD_SIGNATURE -> BAD_SIGNATURE;
      case NOT_YET_VALID -> NOT_YET_VALID;
      case EXPIRED -> EXPIRED;
      case REVOKED -> REVOKED;
    };
  }
}
