package io.liangjiang.transit.ride;

import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.v1.RideChargeFailed;
import io.liangjiang.transit.v1.RideCharged;

/** The events of rides. */
final class RideEvents {
  static final String CHARGED = "transit.RideCharged";
  static final String CHARGE_FAILED = "transit.RideChargeFailed";

  private RideEvents() {}

  static RideCharged charged(Ride ride, String chargeId) {
    return RideCharged.newBuilder()
        .setRideId(ride.rideId().toString())
        .setCitizenId(ride.citizenId().toString())
        .setLineId(ride.place().lineId())
        .setBoardTime(ProtoTime.timestamp(ride.boardTime()))
        .setFare(RideProto.money(ride.fare()))
        .setChargeId(chargeId)
        .build();
  }

  static RideChargeFailed chargeFailed(Ride ride, int attemptCount) {
    return RideChargeFailed.newBuilder()
        .setRideId(ride.rideId().toString())
        .setCitizenId(ride.citizenId().toString())
        .setFare(RideProto.money(ride.fare()))
        .setAttemptCount(attemptCount)
        .build();
  }
}
