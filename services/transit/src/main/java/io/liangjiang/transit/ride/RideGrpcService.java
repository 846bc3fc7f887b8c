package io.liangjiang.transit.ride;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.transit.ride.Rides.Settlement;
import io.liangjiang.transit.v1.GetRideRequest;
import io.liangjiang.transit.v1.ListRidesRequest;
import io.liangjiang.transit.v1.ListRidesResponse;
import io.liangjiang.transit.v1.RideService;
import io.liangjiang.transit.v1.SettleOverdueRidesRequest;
import io.liangjiang.transit.v1.SettleOverdueRidesResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Rides over the wire. */
@GrpcService
public class RideGrpcService implements RideService {
  private final Rides rides;

  RideGrpcService(Rides rides) {
    this.rides = rides;
  }

  @Override
  public Uni<ListRidesResponse> listRides(ListRidesRequest request) {
    Page page = Page.of(request.getPageSize(), request.getPageToken());
    return rides
        .list(citizenId(), page)
        .map(
            cut ->
                ListRidesResponse.newBuilder()
                    .addAllRides(cut.items().stream().map(RideProto::toProto).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<io.liangjiang.transit.v1.Ride> getRide(GetRideRequest request) {
    new Violations().requireUuid(request.getRideId(), "ride_id").throwIfAny();
    return rides.get(citizenId(), UUID.fromString(request.getRideId())).map(RideProto::toProto);
  }

  @Override
  public Uni<SettleOverdueRidesResponse> settleOverdueRides(SettleOverdueRidesRequest request) {
    UUID unused = Violations.requestId(request.getRequestId());
    return rides.settleOverdue(citizenId()).map(RideGrpcService::toProto);
  }

  private static SettleOverdueRidesResponse toProto(Settlement settlement) {
    return SettleOverdueRidesResponse.newBuilder()
        .addAllSettledRides(settlement.paid().stream().map(RideProto::toProto).toList())
        .setOverdueRideCount(settlement.left().rideCount())
        .setOverdueAmount(
            RideProto.money(settlement.left().amountMinor(), settlement.left().currencyCode()))
        .build();
  }

  private static UUID citizenId() {
    return UUID.fromString(Caller.current().subject());
  }
}
