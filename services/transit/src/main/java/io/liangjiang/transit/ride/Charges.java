package io.liangjiang.transit.ride;

import io.grpc.Status;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.ChargeService;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.sweep.SweepLog;
import io.liangjiang.platform.v1.Money;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes the money for rides. Payments is asked outside any transaction; its answer and the event
 * commit together. Whatever is lost on the way is asked again with the same request id, so that a
 * ride is charged once.
 */
@ApplicationScoped
public class Charges {
  private static final Logger LOG = Logger.getLogger(Charges.class);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int BATCH = 500;
  private static final int CONCURRENCY = 16;
  private static final int MAX_SETTLED = 100;
  private static final int MAX_DESCRIPTION = 200;

  private final Database database;
  private final ChargeRepository repository;
  private final ChargeService payments;
  private final Outbox outbox;
  private final InstantSource clock;

  Charges(
      Database database,
      ChargeRepository repository,
      @GrpcClient("payments") ChargeService payments,
      Outbox outbox,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.payments = payments;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Charges every ride whose attempt is due; what cannot be asked now is left for the next time.
   */
  @Scheduled(
      every = "{liangjiang.transit.charge-interval}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public Uni<Void> chargeDue() {
    Instant now = clock.instant();
    return repository
        .leaseDue(database.client(), now, now.plus(LEASE), BATCH)
        .chain(rides -> chargeAll(rides).chain(() -> chargeRest(rides)));
  }

  /**
   * Charges what a citizen owes.
   *
   * @return the rides that were paid, at most 100. Errors: UNAVAILABLE when payments cannot be
   *     asked.
   */
  Uni<ArrayList<UUID>> settle(UUID citizenId) {
    Instant leaseEnd = clock.instant().plus(LEASE);
    return repository
        .leaseOverdue(database.client(), citizenId, leaseEnd, MAX_SETTLED)
        .chain(
            rides ->
                Multi.createFrom()
                    .iterable(rides)
                    .onItem()
                    .transformToUniAndConcatenate(
                        ride ->
                            charge(ride)
                                .map(paid -> paid ? List.of(ride.rideId()) : List.<UUID>of()))
                    .collect()
                    .in(ArrayList<UUID>::new, List::addAll));
  }

  private Uni<Void> chargeRest(List<Ride> rides) {
    return rides.size() < BATCH ? Uni.createFrom().voidItem() : chargeDue();
  }

  private Uni<Void> chargeAll(List<Ride> rides) {
    return Multi.createFrom()
        .iterable(rides)
        .onItem()
        .transformToUni(ride -> charge(ride).onFailure().recoverWithItem(e -> later(ride, e)))
        .merge(CONCURRENCY)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static boolean later(Ride ride, Throwable failure) {
    Status.Code code = Status.fromThrowable(failure).getCode();
    boolean expected =
        SweepLog.isAway(failure)
            || code == Status.Code.DEADLINE_EXCEEDED
            || code == Status.Code.RESOURCE_EXHAUSTED;
    LOG.logf(
        expected ? Logger.Level.DEBUG : Logger.Level.ERROR,
        failure,
        "Ride %s is charged again later",
        ride.rideId());
    return false;
  }

  private Uni<Boolean> charge(Ride ride) {
    if (ride.fare().amountMinor() == 0) {
      return database.inTransaction(tx -> succeed(tx, ride, ""));
    }
    return payments
        .createCharge(request(ride))
        .chain(answer -> database.inTransaction(tx -> take(tx, ride, answer)));
  }

  private Uni<Boolean> take(SqlConnection tx, Ride ride, Charge answer) {
    return switch (answer.getState()) {
      case SUCCESS -> succeed(tx, ride, answer.getChargeId());
      case PAY_FAIL -> fail(tx, ride);
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("Payments answered without a state");
    };
  }

  private Uni<Boolean> succeed(SqlConnection tx, Ride ride, String chargeId) {
    return repository
        .succeed(tx, ride, chargeId, clock.instant())
        .call(
            taken ->
                taken
                    ? outbox.append(
                        tx,
                        RideEvents.CHARGED,
                        ride.rideId().toString(),
                        RideEvents.charged(ride, chargeId))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> fail(SqlConnection tx, Ride ride) {
    int attemptCount = ride.attemptCount() + 1;
    Optional<Instant> next = RetryPlan.nextAttempt(attemptCount, clock.instant());
    return repository
        .fail(tx, ride, next)
        .call(
            taken ->
                taken
                    ? outbox.append(
                        tx,
                        RideEvents.CHARGE_FAILED,
                        ride.rideId().toString(),
                        RideEvents.chargeFailed(ride, attemptCount))
                    : Uni.createFrom().voidItem())
        .replaceWith(false);
  }

  private static CreateChargeRequest request(Ride ride) {
    String description = ride.fare().explanation();
    return CreateChargeRequest.newBuilder()
        .setRequestId(ride.chargeRequestId().toString())
        .setPayerCitizenId(ride.citizenId().toString())
        .setMerchantId(ride.place().operatorId())
        .setBusinessReference(ride.rideId().toString())
        .setDescription(description.substring(0, Math.min(description.length(), MAX_DESCRIPTION)))
        .setAmount(
            Money.newBuilder()
                .setAmountMinor(ride.fare().amountMinor())
                .setCurrencyCode(ride.fare().currencyCode()))
        .build();
  }
}
