package io.liangjiang.transit.ride;

import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The charging side of the ride table. A ride is leased before payments is asked: its next attempt
 * moves to the end of the lease, so that a process that dies is followed by another one, which asks
 * with the same request id. Results are taken only for the request id that they answer.
 */
@ApplicationScoped
public class ChargeRepository {
  private static final String LEASE_DUE =
      """
      update ride set next_attempt_time = $2, charge_start_time = coalesce(charge_start_time, $1)
      where ride_id in (
        select ride_id from ride where next_attempt_time <= $1
        order by next_attempt_time limit $3 for update skip locked)
      returning *
      """;
  private static final String LEASE_OVERDUE =
      """
      update ride set next_attempt_time = $2
      where ride_id in (
        select ride_id from ride where citizen_id = $1 and state = 'PAY_FAIL'
        order by ride_id limit $3 for update)
      returning *
      """;
  private static final String SUCCEED =
      """
      update ride set state = 'SUCCESS', charge_id = $3, charge_time = $4, next_attempt_time = null
      where ride_id = $1 and charge_request_id = $2 and state in ('ACCEPTED', 'PAY_FAIL')
      """;
  private static final String FAIL =
      """
      update ride set state = 'PAY_FAIL', attempt_count = attempt_count + 1,
        charge_request_id = gen_random_uuid(), next_attempt_time = $3
      where ride_id = $1 and charge_request_id = $2 and state in ('ACCEPTED', 'PAY_FAIL')
      """;
  private static final String HASTEN =
      """
      update ride set next_attempt_time = $2
      where citizen_id = $1 and state = 'PAY_FAIL'
        and (next_attempt_time is null or next_attempt_time > $2)
      """;

  /** Leases rides whose attempt is due; other replicas pass them over. */
  Uni<List<Ride>> leaseDue(SqlClient client, Instant now, Instant leaseEnd, int limit) {
    return client
        .preparedQuery(LEASE_DUE)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(leaseEnd), limit))
        .map(RideRows::rides);
  }

  /** Leases what a citizen owes. */
  Uni<List<Ride>> leaseOverdue(SqlClient client, UUID citizenId, Instant leaseEnd, int limit) {
    return client
        .preparedQuery(LEASE_OVERDUE)
        .execute(Tuple.of(citizenId, ProtoTime.database(leaseEnd), limit))
        .map(RideRows::rides);
  }

  /** Marks a ride as paid; false when this charge is not the ride's any more. */
  Uni<Boolean> succeed(SqlConnection tx, Ride ride, String chargeId, Instant now) {
    return tx.preparedQuery(SUCCEED)
        .execute(Tuple.of(ride.rideId(), ride.chargeRequestId(), chargeId, ProtoTime.database(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Marks a ride as owed and gives its next charge a new request id; false as above. */
  Uni<Boolean> fail(SqlConnection tx, Ride ride, Optional<Instant> nextAttempt) {
    return tx.preparedQuery(FAIL)
        .execute(
            Tuple.from(
                Arrays.asList(
                    ride.rideId(),
                    ride.chargeRequestId(),
                    nextAttempt.map(ProtoTime::database).orElse(null))))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Has everything that a citizen owes tried again now. */
  Uni<Void> hasten(SqlConnection tx, UUID citizenId, Instant now) {
    return tx.preparedQuery(HASTEN)
        .execute(Tuple.of(citizenId, ProtoTime.database(now)))
        .replaceWithVoid();
  }
}
