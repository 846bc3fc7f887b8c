package io.liangjiang.tourism.trip;

import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.reservation.ReservationReason;
import io.liangjiang.platform.reservation.Reservations;
import io.liangjiang.platform.time.TimeOrderedId;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.ticket.TicketCodes;
import io.liangjiang.tourism.ticket.TicketRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The steps of a trip. Each locks the trip, looks where it stands, and does nothing when the step
 * does not apply any more: so each may come twice, late, and from several sides. The caller brings
 * the transaction.
 */
@ApplicationScoped
public class Settlement {
  /** How far the clocks of payments and of this service may disagree about the end of a hold. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

  private final Reservations reservations;
  private final TicketCodes codes;
  private final Outbox outbox;
  private final InstantSource clock;

  Settlement(Reservations reservations, TicketCodes codes, Outbox outbox, InstantSource clock) {
    this.reservations = reservations;
    this.codes = codes;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Writes a new trip and holds its places; one that costs nothing is confirmed at once. Errors:
   * those of {@link Reservations#hold}; a unique violation that {@link #isDocumentTaken} knows.
   */
  public Uni<Void> open(SqlConnection tx, NewTrip trip) {
    var places = Trip.places(trip.items().stream().map(NewTrip.Item::slot).toList());
    return TripItemRepository.insert(tx, trip)
        .chain(() -> reservations.hold(tx, trip.tripId(), places, trip.holdExpires()))
        .chain(
            () ->
                trip.totalMinor() == 0
                    ? locked(tx, trip.tripId(), found -> bookAndIssue(tx, found))
                    : Uni.createFrom().voidItem());
  }

  /** Whether opening a trip failed because a document has a place in a slot already. */
  public static boolean isDocumentTaken(Throwable failure) {
    return DatabaseErrors.isUniqueViolation(failure, TripItemRepository.ONE_DOCUMENT);
  }

  /**
   * The money is here: books the places and issues the tickets. When the places are gone and cannot
   * be had again, the money goes back.
   */
  public Uni<Void> paid(SqlConnection tx, UUID tripId, String paymentOrderId) {
    return TripRepository.knowOrder(tx, tripId, paymentOrderId)
        .chain(
            () ->
                locked(
                    tx,
                    tripId,
                    trip ->
                        switch (trip.state()) {
                          case PENDING_ORDER, AWAITING_PAYMENT -> bookAndIssue(tx, trip);
                          case EXPIRED -> holdAgain(tx, trip);
                          case CANCELLED -> refund(tx, trip);
                          case CONFIRMED, REFUNDING, REFUNDED -> Uni.createFrom().voidItem();
                        }));
  }

  /**
   * The order can never be paid: the places are free again. When that is so before the hold ran
   * out, somebody gave it up.
   */
  public Uni<Void> closed(SqlConnection tx, UUID tripId) {
    return locked(
        tx,
        tripId,
        trip ->
            trip.state().isHolding()
                ? giveBack(tx, trip, isInTime(trip) ? TripState.CANCELLED : TripState.EXPIRED)
                : Uni.createFrom().voidItem());
  }

  private boolean isInTime(Trip trip) {
    return clock.instant().isBefore(trip.times().holdExpires().minus(CLOCK_TOLERANCE));
  }

  /** The citizen gives up an unpaid trip whose order is closed, or was never shown to anybody. */
  public Uni<Void> cancelledUnpaid(SqlConnection tx, UUID tripId) {
    return locked(
        tx,
        tripId,
        trip ->
            trip.state().isHolding()
                ? giveBack(tx, trip, TripState.CANCELLED)
                : Uni.createFrom().voidItem());
  }

  /** The citizen gives up a confirmed trip. Errors: TICKET_REDEEMED. */
  public Uni<Void> cancelledPaid(SqlConnection tx, UUID tripId) {
    return locked(
        tx,
        tripId,
        trip ->
            trip.state() == TripState.CONFIRMED
                ? takeTicketsBack(tx, trip)
                : Uni.createFrom().voidItem());
  }

  /**
   * Money went back to the citizen. When the operator gave back all of it by itself, the unused
   * tickets are void; a part changes nothing.
   *
   * @param amountMinor how much, in fen
   */
  public Uni<Void> refunded(SqlConnection tx, UUID tripId, long amountMinor) {
    return locked(
        tx,
        tripId,
        trip ->
            switch (trip.state()) {
              case REFUNDING -> endRefund(tx, trip);
              case CONFIRMED ->
                  amountMinor >= trip.totalMinor()
                      ? TicketRepository.cancel(tx, tripId)
                          .chain(() -> refund(tx, trip))
                          .chain(() -> endRefund(tx, trip))
                      : Uni.createFrom().voidItem();
              default -> Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> endRefund(SqlConnection tx, Trip trip) {
    return TripRepository.setState(tx, trip.tripId(), TripState.REFUNDED, null)
        .chain(
            () ->
                outbox.append(
                    tx, TripEvents.REFUNDED, trip.tripId().toString(), TripEvents.refunded(trip)));
  }

  private static Uni<Void> locked(SqlConnection tx, UUID tripId, Function<Trip, Uni<Void>> step) {
    return TripRepository.lock(tx, tripId)
        .chain((Optional<Trip> found) -> found.map(step).orElse(Uni.createFrom().voidItem()));
  }

  private Uni<Void> bookAndIssue(SqlConnection tx, Trip trip) {
    return reservations
        .book(tx, trip.tripId())
        .chain(() -> issue(tx, trip))
        .onFailure(failure -> isReason(failure, ReservationReason.HOLD_EXPIRED))
        .recoverWithUni(() -> holdAgain(tx, trip));
  }

  private Uni<Void> holdAgain(SqlConnection tx, Trip trip) {
    return TripRepository.reviveItems(tx, trip.tripId())
        .chain(
            revived ->
                revived == trip.items().size()
                    ? reservations.hold(
                        tx, trip.tripId(), trip.places(), trip.times().holdExpires())
                    : Uni.createFrom().<Void>failure(placesGone()))
        .chain(() -> reservations.book(tx, trip.tripId()))
        .chain(() -> issue(tx, trip))
        .onFailure(failure -> isReason(failure, ReservationReason.SOLD_OUT))
        .recoverWithUni(() -> refund(tx, trip));
  }

  private static ServiceException placesGone() {
    return new ServiceException(ReservationReason.SOLD_OUT, "the place went to another ticket");
  }

  private Uni<Void> issue(SqlConnection tx, Trip trip) {
    return codes
        .keys()
        .map(
            keys ->
                trip.items().stream()
                    .map(
                        item -> {
                          UUID id = TimeOrderedId.next(clock);
                          String code = keys.sign(id, item.slot().times());
                          return new TicketRepository.Issue(id, item.position(), code);
                        })
                    .toList())
        .chain(
            issues ->
                TicketRepository.insert(tx, trip.tripId(), trip.citizenId(), issues)
                    .chain(() -> TripRepository.confirm(tx, trip.tripId(), clock.instant()))
                    .chain(
                        () ->
                            outbox.append(
                                tx,
                                TripEvents.CONFIRMED,
                                trip.tripId().toString(),
                                TripEvents.confirmed(trip, issues))));
  }

  private Uni<Void> giveBack(SqlConnection tx, Trip trip, TripState state) {
    return TripRepository.setState(tx, trip.tripId(), state, null)
        .chain(() -> TripRepository.dropItems(tx, trip.tripId()))
        .chain(() -> reservations.release(tx, trip.tripId()))
        .chain(
            () ->
                outbox.append(
                    tx,
                    TripEvents.CANCELLED,
                    trip.tripId().toString(),
                    TripEvents.cancelled(trip, state == TripState.EXPIRED)));
  }

  private Uni<Void> takeTicketsBack(SqlConnection tx, Trip trip) {
    return TicketRepository.cancel(tx, trip.tripId())
        .invoke(
            anyRedeemed -> {
              if (anyRedeemed) {
                throw new ServiceException(
                    TourismReason.TICKET_REDEEMED, "a ticket of the trip was used");
              }
            })
        .chain(
            () ->
                trip.totalMinor() == 0
                    ? giveBack(tx, trip, TripState.CANCELLED)
                    : refund(tx, trip));
  }

  private Uni<Void> refund(SqlConnection tx, Trip trip) {
    return TripRepository.setState(tx, trip.tripId(), TripState.REFUNDING, clock.instant())
        .chain(() -> TripRepository.dropItems(tx, trip.tripId()))
        .chain(() -> reservations.release(tx, trip.tripId()));
  }

  private static boolean isReason(Throwable failure, ReservationReason reason) {
    return failure instanceof ServiceException refusal && refusal.reason() == reason;
  }
}
