package io.liangjiang.transit.ride;

import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.transit.ride.Ride.ChargedFare;
import java.time.Instant;

/** Rides as the contract writes them. */
final class RideProto {
  private RideProto() {}

  static io.liangjiang.transit.v1.Ride toProto(Ride ride) {
    io.liangjiang.transit.v1.Ride.Builder proto =
        io.liangjiang.transit.v1.Ride.newBuilder()
            .setRideId(ride.rideId().toString())
            .setLineId(ride.place().lineId())
            .setLineName(ride.place().lineName())
            .setVehicleId(ride.place().vehicleId())
            .setStopId(ride.place().stopId())
            .setBoardTime(ProtoTime.timestamp(ride.boardTime()))
            .setFare(money(ride.fare()))
            .setState(io.liangjiang.transit.v1.Ride.State.valueOf(ride.state().name()))
            .setFareExplanation(ride.fare().explanation())
            .setFareProductId(ride.fare().fareProductId())
            .setFareMedia(io.liangjiang.transit.v1.Ride.FareMedia.CITY_CODE)
            .setRiderCategory(ride.fare().riderCategory());
    Instant chargeTime = ride.chargeTime();
    if (chargeTime != null) {
      proto.setChargeTime(ProtoTime.timestamp(chargeTime));
    }
    return proto.build();
  }

  static Money money(ChargedFare fare) {
    return money(fare.amountMinor(), fare.currencyCode());
  }

  static Money money(long amountMinor, String currencyCode) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode(currencyCode).build();
  }
}
