package io.liangjiang.transit.tap;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tap.
 *
 * @param tapId the tap
 * @param outcome the answer
 * @param refusal why it is no ride
 * @param rideId the ride it is
 */
record TapAnswer(UUID tapId, Outcome outcome, @Nullable Refusal refusal, @Nullable UUID rideId) {

  /** The three answers; the names are those of the contract. */
  enum Outcome {
    ACCEPTED,
    DUPLICATE,
    REFUSED
  }

  static TapAnswer accepted(UUID tapId, UUID rideId) {
    return new TapAnswer(tapId, Outcome.ACCEPTED, null, rideId);
  }

  static TapAnswer refused(UUID tapId, Refusal refusal) {
    return new TapAnswer(tapId, Outcome.REFUSED, refusal, null);
  }

  /**
   * A tap that is kept already, handed in again: the same as before, or another one under its id.
   */
  static TapAnswer again(Tap tap, KeptTap kept) {
    if (!Arrays.equals(kept.digest(), tap.digest())) {
      return refused(tap.tapId(), Refusal.TAP_ID_REUSED);
    }
    return kept.isCopy()
        ? new TapAnswer(tap.tapId(), Outcome.DUPLICATE, Refusal.COPIED_CODE, null)
        : new TapAnswer(tap.tapId(), Outcome.DUPLICATE, null, kept.rideId());
  }

  /**
   * A tap as it is kept.
   *
   * @param tapId the tap
   * @param digest of its content
   * @param rideId the ride its code is good for
   * @param isCopy whether another tap with the code is the ride
   */
  record KeptTap(UUID tapId, byte[] digest, UUID rideId, boolean isCopy) {}
}
