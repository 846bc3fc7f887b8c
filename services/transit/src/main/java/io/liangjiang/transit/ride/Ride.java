package io.liangjiang.transit.ride;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ride as it is kept.
 *
 * @param rideId the ride
 * @param citizenId who rode
 * @param place line, vehicle and stop
 * @param boardTime when the code was shown
 * @param fare what it costs
 * @param state where the money stands
 * @param chargeRequestId request id of the charge that is under way or next
 * @param attemptCount how often the wallet did not hold the fare
 * @param chargeTime when it was paid
 */
record Ride(
    UUID rideId,
    UUID citizenId,
    Place place,
    Instant boardTime,
    ChargedFare fare,
    State state,
    UUID chargeRequestId,
    int attemptCount,
    @Nullable Instant chargeTime) {

  /** Where the money stands; the names are those of the contract. */
  enum State {
    ACCEPTED,
    SUCCESS,
    PAY_FAIL,
    REFUND
  }

  /** On what, run by whom, and where the citizen boarded. */
  record Place(
      String operatorId, String lineId, String lineName, String vehicleId, String stopId) {}

  /** The fare as it was when the citizen boarded; later changes of the feed do not touch it. */
  record ChargedFare(
      String fareProductId,
      String riderCategory,
      long amountMinor,
      String currencyCode,
      String explanation) {}
}
