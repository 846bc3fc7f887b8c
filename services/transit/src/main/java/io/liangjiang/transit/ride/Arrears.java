package io.liangjiang.transit.ride;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.transit.TransitReason;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who owes for a ride gets no code. */
@ApplicationScoped
public class Arrears {
  private final RideRepository rides;

  Arrears(RideRepository rides) {
    this.rides = rides;
  }

  /** Passes a citizen who owes nothing. Errors: OVERDUE with what is owed. */
  public Uni<Void> refuseIfOverdue(SqlClient client, UUID citizenId) {
    return rides.overdue(client, citizenId).invoke(Arrears::refuse).replaceWithVoid();
  }

  private static void refuse(Overdue overdue) {
    if (overdue.rideCount() > 0) {
      throw new ServiceException(TransitReason.OVERDUE, "rides of the citizen are not paid yet")
          .with("overdueRideCount", overdue.rideCount())
          .with("overdueAmountMinor", overdue.amountMinor())
          .with("currencyCode", overdue.currencyCode());
    }
  }
}
