package io.liangjiang.transit.tap;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.citycode.CityCodeVerifier;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.Verification;
import io.liangjiang.transit.fare.Fare;
import io.liangjiang.transit.fare.FareBook;
import io.liangjiang.transit.fare.Line;
import io.liangjiang.transit.ride.Boarding;
import io.liangjiang.transit.tap.Judgement.Bad;
import io.liangjiang.transit.tap.Judgement.Good;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges one tap by itself: line, time and code, the code as of the tap time.
 *
 * @param verifier holds the keys; knows of no revocations, which are looked up for many taps at
 *     once
 * @param book lines and fares
 * @param oldest taps before this are too old
 * @param newest taps after this are in the future
 */
record TapJudge(CityCodeVerifier verifier, FareBook book, Instant oldest, Instant newest) {

  Judgement judge(Tap tap) {
    Optional<Line> line = book.findLine(tap.lineId(), tap.operatorId());
    if (line.isEmpty()) {
      return new Bad(tap, Refusal.LINE_NOT_FOUND);
    }
    if (tap.tapTime().isBefore(oldest)) {
      return new Bad(tap, Refusal.TAP_TOO_OLD);
    }
    if (tap.tapTime().isAfter(newest)) {
      return new Bad(tap, Refusal.TAP_IN_FUTURE);
    }
    return switch (verifier.verify(tap.code(), tap.tapTime())) {
      case Verification.Refused(Verification.Reason reason) -> new Bad(tap, Refusal.of(reason));
      case Verification.Valid(CityCodeClaims claims) ->
          claims.kind() == CodeKind.CITIZEN
              ? good(tap, claims, book.fare(line.get(), FareBook.ADULT))
              : new Bad(tap, Refusal.WRONG_KIND);
    };
  }

  private static Judgement good(Tap tap, CityCodeClaims claims, Fare fare) {
    return new Good(
        tap,
        claims,
        new Boarding(
            Boarding.rideId(claims),
            tap.tapId(),
            claims.subject(),
            tap.vehicleId(),
            tap.stopId(),
            tap.tapTime(),
            fare));
  }
}
