package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.trip.Settlement;
import io.liangjiang.tourism.trip.Trip;
import io.liangjiang.tourism.trip.TripRepository;
import io.liangjiang.tourism.trip.TripState;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Buys, shows and gives up trips. */
@ApplicationScoped
public class Trips {
  private static final Logger LOG = Logger.getLogger(Trips.class);
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  private final Database database;
  private final Idempotency idempotency;
  private final People people;
  private final NewTrips newTrips;
  private final Settlement settlement;
  private final Progress progress;
  private final InstantSource clock;

  Trips(
      Database database,
      Idempotency idempotency,
      People people,
      NewTrips newTrips,
      Settlement settlement,
      Progress progress,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.people = people;
    this.newTrips = newTrips;
    this.settlement = settlement;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Holds the places and creates the payment order; the same request again finds the first trip and
   * goes on where it stopped. Errors: see the contract.
   *
   * @param request the request without its holders' numbers, for the record of the request id
   */
  Uni<Trip> create(Caller caller, CreateTripRequest request, List<Wanted> tickets) {
    String payerId = caller.delegateIf(request.getPaidByDelegate(), "paid_by_delegate");
    return people
        .of(caller, tickets)
        .chain(
            persons ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    io.liangjiang.tourism.v1.Trip.getDefaultInstance(),
                    tx -> open(tx, caller, payerId, tickets, persons)))
        .onFailure()
        .transform(Refusals::translate)
        .chain(opened -> find(caller, UUID.fromString(opened.getTripId())))
        .chain(trip -> ordered(caller, trip));
  }

  private Uni<io.liangjiang.tourism.v1.Trip> open(
      SqlConnection tx, Caller caller, String payerId, List<Wanted> tickets, List<Person> persons) {
    var slotIds = tickets.stream().map(Wanted::timeSlotId).distinct().toList();
    return OfferRepository.of(tx, slotIds)
        .map(offers -> Plan.of(tickets, persons, offers, clock.instant()))
        .map(plan -> newTrips.of(caller, payerId, plan))
        .call(trip -> settlement.open(tx, trip))
        .map(
            trip ->
                io.liangjiang.tourism.v1.Trip.newBuilder()
                    .setTripId(trip.tripId().toString())
                    .build());
  }

  private Uni<Trip> ordered(Caller caller, Trip trip) {
    return trip.state() == TripState.PENDING_ORDER
        ? progress.advance(trip).chain(() -> find(caller, trip.tripId()))
        : Uni.createFrom().item(trip);
  }

  /**
   * One trip of the caller. While it waits for payment, payments is asked once: its event may still
   * be on the way. Errors: TRIP_NOT_FOUND.
   */
  Uni<Trip> get(Caller caller, UUID tripId) {
    return find(caller, tripId)
        .chain(
            trip ->
                trip.state() == TripState.AWAITING_PAYMENT
                    ? lookAgain(caller, trip)
                    : Uni.createFrom().item(trip));
  }

  private Uni<Trip> lookAgain(Caller caller, Trip trip) {
    return progress
        .look(trip)
        .chain(() -> find(caller, trip.tripId()))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf(failure, "trip %s is shown without payments' word", trip.tripId());
              return trip;
            });
  }

  /** A page of the caller's trips, newest first. */
  Uni<Page.Cut<Trip>> list(Caller caller, Page page) {
    Instant before = page.isFirst() ? END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return TripRepository.ofCitizen(
            database.client(), citizenId(caller), before, beforeId, page.limit())
        .map(
            trips ->
                page.cut(
                    trips,
                    trip -> List.of(trip.times().created().toString(), trip.tripId().toString())));
  }

  /** Gives a trip up; see the contract. Errors: TRIP_NOT_FOUND, TICKET_REDEEMED, UNAVAILABLE. */
  Uni<Trip> cancel(Caller caller, UUID tripId) {
    return find(caller, tripId)
        .call(this::giveUpUnpaid)
        .chain(() -> find(caller, tripId))
        .call(this::giveUpPaid)
        .chain(() -> find(caller, tripId));
  }

  private Uni<Void> giveUpUnpaid(Trip trip) {
    return switch (trip.state()) {
      // Nobody has seen an order's id yet. Should it be paid all the same, the money goes back.
      case PENDING_ORDER -> progress.cancelUnpaid(trip);
      case AWAITING_PAYMENT -> progress.closeAndCancel(trip);
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> giveUpPaid(Trip trip) {
    if (trip.state() != TripState.CONFIRMED) {
      return Uni.createFrom().voidItem();
    }
    return database
        .inTransaction(tx -> settlement.cancelledPaid(tx, trip.tripId()))
        .chain(() -> trip.totalMinor() == 0 ? Uni.createFrom().voidItem() : refundSoon(trip));
  }

  /** The money goes back now if payments is there, and else when the sweep finds the trip. */
  private Uni<Void> refundSoon(Trip trip) {
    return progress
        .refund(trip)
        .onFailure()
        .invoke(failure -> LOG.debugf(failure, "refund of trip %s is put off", trip.tripId()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Trip> find(Caller caller, UUID tripId) {
    return TripRepository.find(database.client(), tripId, citizenId(caller))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            TourismReason.TRIP_NOT_FOUND, "the caller has no such trip")));
  }

  private static UUID citizenId(Caller caller) {
    return UUID.fromString(caller.subject());
  }
}
