package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.tourism.secret.Vault;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.GetTripRequest;
import io.liangjiang.tourism.v1.ListTripsRequest;
import io.liangjiang.tourism.v1.ListTripsResponse;
import io.liangjiang.tourism.v1.Trip;
import io.liangjiang.tourism.v1.TripService;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.UUID;

/** The contract's TripService. */
@GrpcService
public class TripGrpcService implements TripService {
  private final Trips trips;
  private final Vault vault;

  TripGrpcService(Trips trips, Vault vault) {
    this.trips = trips;
    this.vault = vault;
  }

  @Override
  public Uni<Trip> createTrip(CreateTripRequest request) {
    var caller = Caller.current();
    var wanted = PurchaseProto.wanted(request);
    var redacted =
        PurchaseProto.redacted(
            request, number -> HexFormat.of().formatHex(vault.documentHash("id:" + number)));
    return trips.create(caller, redacted, wanted).map(PurchaseProto::toProto);
  }

  @Override
  public Uni<Trip> getTrip(GetTripRequest request) {
    return trips.get(Caller.current(), tripId(request.getTripId())).map(PurchaseProto::toProto);
  }

  @Override
  public Uni<ListTripsResponse> listTrips(ListTripsRequest request) {
    return trips
        .list(Caller.current(), Page.of(request.getPageSize(), request.getPageToken()))
        .map(PurchaseProto::toResponse);
  }

  @Override
  public Uni<Trip> cancelTrip(CancelTripRequest request) {
    var caller = Caller.current();
    var unused = Violations.requestId(request.getRequestId());
    return trips.cancel(caller, tripId(request.getTripId())).map(PurchaseProto::toProto);
  }

  private static UUID tripId(String text) {
    new Violations().requireUuid(text, "trip_id").throwIfAny();
    return UUID.fromString(text);
  }
}
