package io.liangjiang.transit.ride;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.data.Page.Cut;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.transit.TransitReason;
import io.liangjiang.transit.ride.RideRepository.Position;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What a citizen sees and does about rides. */
@ApplicationScoped
public class Rides {
  private final Database database;
  private final RideRepository repository;
  private final Charges charges;

  Rides(Database database, RideRepository repository, Charges charges) {
    this.database = database;
    this.repository = repository;
    this.charges = charges;
  }

  /**
   * What settling brought.
   *
   * @param paid the rides that were paid
   * @param left what is still owed
   */
  record Settlement(List<Ride> paid, Overdue left) {}

  Uni<Cut<Ride>> list(UUID citizenId, Page page) {
    Position before =
        page.isFirst() ? Position.END : new Position(page.keyInstant(0), page.keyUuid(1));
    return repository
        .list(database.client(), citizenId, before, page.limit())
        .map(
            rides ->
                page.cut(
                    rides, ride -> List.of(ride.boardTime().toString(), ride.rideId().toString())));
  }

  Uni<Ride> get(UUID citizenId, UUID rideId) {
    return repository
        .find(database.client(), citizenId, List.of(rideId))
        .map(
            found ->
                found.stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new ServiceException(
                                TransitReason.RIDE_NOT_FOUND, "the caller has no such ride")));
  }

  Uni<Settlement> settleOverdue(UUID citizenId) {
    return charges.settle(citizenId).chain(paid -> settlement(citizenId, paid));
  }

  private Uni<Settlement> settlement(UUID citizenId, List<UUID> paid) {
    return repository
        .find(database.client(), citizenId, paid)
        .chain(
            rides ->
                repository
                    .overdue(database.client(), citizenId)
                    .map(left -> new Settlement(rides, left)));
  }
}
