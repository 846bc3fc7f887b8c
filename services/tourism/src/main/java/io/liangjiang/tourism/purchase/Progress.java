package io.liangjiang.tourism.purchase;

import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.TourismSettings;
import io.liangjiang.tourism.trip.Settlement;
import io.liangjiang.tourism.trip.Trip;
import io.liangjiang.tourism.trip.TripRepository;
import io.liangjiang.tourism.trip.TripState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Moves a trip on with payments' word. Every call to payments is made outside of transactions and
 * may be made again; what it means for the trip is settled in a transaction of its own.
 */
@ApplicationScoped
public class Progress {
  /** Payments takes no order that expires in less than a minute. */
  private static final Duration SHORTEST_ORDER = Duration.ofSeconds(75);

  private final Database database;
  private final Settlement settlement;
  private final PaymentOrders orders;
  private final TourismSettings settings;
  private final InstantSource clock;

  Progress(
      Database database,
      Settlement settlement,
      PaymentOrders orders,
      TourismSettings settings,
      InstantSource clock) {
    this.database = database;
    this.settlement = settlement;
    this.orders = orders;
    this.settings = settings;
    this.clock = clock;
  }

  /** Does whatever the trip's state asks for; nothing for a trip that is done or waits rightly. */
  Uni<Void> advance(Trip trip) {
    return switch (trip.state()) {
      case PENDING_ORDER -> isTooLateToOrder(trip) ? expire(trip.tripId()) : order(trip);
      case AWAITING_PAYMENT -> isHoldOver(trip) ? endHold(trip) : Uni.createFrom().voidItem();
      case REFUNDING -> refund(trip);
      case CONFIRMED, CANCELLED, EXPIRED, REFUNDED -> Uni.createFrom().voidItem();
    };
  }

  /**
   * Creates the payment order. Errors: PAYMENT_REFUSED, after which the trip is cancelled;
   * UNAVAILABLE.
   */
  Uni<Void> order(Trip trip) {
    return orders
        .create(trip)
        .chain(
            order ->
                TripRepository.setOrder(
                    database.client(), trip.tripId(), order.getPaymentOrderId()))
        .onFailure(PeerFailures::isRefusal)
        .recoverWithUni(() -> cancelUnpaid(trip).chain(() -> Uni.createFrom().failure(refused())))
        .onFailure(failure -> !(failure instanceof ServiceException))
        .transform(failure -> PeerFailures.unavailable("payments"));
  }

  /** Asks payments once where the order stands, and settles it when that is final. */
  Uni<Void> look(Trip trip) {
    return orders.get(trip).chain(order -> settle(trip, order));
  }

  /**
   * Gives up an unpaid trip with an order; when the money came first, that counts. Errors:
   * UNAVAILABLE.
   */
  Uni<Void> closeAndCancel(Trip trip) {
    return close(trip, () -> cancelUnpaid(trip));
  }

  Uni<Void> cancelUnpaid(Trip trip) {
    return database.inTransaction(tx -> settlement.cancelledUnpaid(tx, trip.tripId()));
  }

  /**
   * Sends the money back; where the channel takes its time, an event ends it. Errors: UNAVAILABLE.
   */
  Uni<Void> refund(Trip trip) {
    return orders
        .refund(trip)
        .map(refund -> refund.getState() == Refund.State.SUCCEEDED)
        .onFailure(PeerFailures::isWrongState)
        .recoverWithUni(() -> isRefunded(trip))
        .onFailure()
        .transform(failure -> PeerFailures.unavailable("payments"))
        .chain(
            isBack ->
                isBack
                    ? database.inTransaction(
                        tx -> settlement.refunded(tx, trip.tripId(), trip.totalMinor()))
                    : Uni.createFrom().voidItem());
  }

  /** The operator may have given the money back by itself; then nothing is left to refund. */
  private Uni<Boolean> isRefunded(Trip trip) {
    return orders.get(trip).map(order -> order.getState() == PaymentOrder.State.REFUNDED);
  }

  private Uni<Void> endHold(Trip trip) {
    return close(trip, () -> expire(trip.tripId()))
        .onFailure(failure -> isGraceOver(trip))
        .recoverWithUni(() -> expire(trip.tripId()));
  }

  private Uni<Void> close(Trip trip, java.util.function.Supplier<Uni<Void>> whenClosed) {
    return orders
        .close(trip)
        .replaceWith(false)
        .onFailure(PeerFailures::isWrongState)
        .recoverWithItem(true)
        .onFailure()
        .transform(failure -> PeerFailures.unavailable("payments"))
        .chain(paid -> paid ? look(trip) : whenClosed.get());
  }

  private Uni<Void> settle(Trip trip, PaymentOrder order) {
    return switch (order.getState()) {
      case SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED ->
          database.inTransaction(
              tx -> settlement.paid(tx, trip.tripId(), order.getPaymentOrderId()));
      case CLOSED -> expire(trip.tripId());
      default -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> expire(UUID tripId) {
    return database.inTransaction(tx -> settlement.closed(tx, tripId));
  }

  private boolean isTooLateToOrder(Trip trip) {
    Instant lastMoment = trip.times().holdExpires().minus(SHORTEST_ORDER);
    return trip.state() == TripState.PENDING_ORDER && clock.instant().isAfter(lastMoment);
  }

  private boolean isHoldOver(Trip trip) {
    return !clock.instant().isBefore(trip.times().holdExpires());
  }

  private boolean isGraceOver(Trip trip) {
    Instant end = trip.times().holdExpires().plus(settings.expiryGrace());
    return !clock.instant().isBefore(end);
  }

  private static ServiceException refused() {
    return new ServiceException(
        TourismReason.PAYMENT_REFUSED, "payments refused the order; the trip is cancelled");
  }
}
