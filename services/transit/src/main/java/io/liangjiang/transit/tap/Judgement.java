package io.liangjiang.transit.tap;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.transit.ride.Boarding;

/** What can be said of a tap without knowing any other tap. */
sealed interface Judgement {
  /** The tap. */
  Tap tap();

  /**
   * The code was good: a ride, unless it was revoked or shown before.
   *
   * @param claims what the code says
   * @param boarding the ride it may be
   */
  record Good(Tap tap, CityCodeClaims claims, Boarding boarding) implements Judgement {}

  /** No ride, whatever else is known. */
  record Bad(Tap tap, Refusal refusal) implements Judgement {}
}
