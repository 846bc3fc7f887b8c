package io.liangjiang.tourism.purchase;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.reservation.ReservationBooks;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.tourism.city.OrderBook;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.ListTripsRequest;
import io.liangjiang.tourism.v1.Ticket;
import io.liangjiang.tourism.v1.TimeSlot;
import io.liangjiang.tourism.v1.Trip;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Giving up, running out, money that comes late: over the wire and on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TripEndingTest {
  @Inject Visit visit;
  @Inject OrderBook orders;
  @Inject MutableClock clock;
  @Inject Database database;
  @Inject ReservationBooks books;
  @Inject TripSweep sweep;

  private final UUID citizen = UUID.randomUUID();

  @AfterEach
  void theBooksAreRight() {
    clock.reset();
    orders.mends();
    assertThat(await(books.differences(database.client(), 10))).isEmpty();
  }

  @Test
  void cancelsTheTripWhosePaymentIsRefusedForGood() {
    var slot = visit.slots("nanchuan-jinfo-mountain-two-day", 2).getFirst();

    var failure = catchThrowable(() -> visit.held(citizen, slot, 1));

    assertThat(TestCalls.reason(failure)).isEqualTo("PAYMENT_REFUSED");
    assertThat(list()).extracting(Trip::getState).containsExactly(Trip.State.CANCELLED);
  }

  @Test
  void cancelsBeforePaymentAndClosesTheOrder() {
    var slot = visit.twoDaySlot(7);
    var trip = visit.held(citizen, slot, 3);

    assertThat(await(cancel(trip.getTripId())).getState()).isEqualTo(Trip.State.CANCELLED);
    assertThat(await(cancel(trip.getTripId())).getState()).isEqualTo(Trip.State.CANCELLED);
    assertThat(orders.get(trip.getPaymentOrderId()).getState())
        .isEqualTo(PaymentOrder.State.CLOSED);
    assertThat(visit.twoDaySlot(7).getRemaining()).isEqualTo(slot.getRemaining());
  }

  @Test
  void givesTheMoneyBackWhenCancelledAfterPayment() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(2), 2);

    var cancelled = await(cancel(trip.getTripId()));

    assertThat(cancelled.getState()).isEqualTo(Trip.State.REFUNDED);
    assertThat(cancelled.getTicketsList())
        .extracting(Ticket::getState)
        .containsOnly(Ticket.State.CANCELLED);
    assertThat(orders.get(trip.getPaymentOrderId()).getState())
        .isEqualTo(PaymentOrder.State.REFUNDED);
  }

  @Test
  void theSweepRepeatsARefundThatDidNotGetThrough() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(2), 1);
    orders.breaks(true);

    assertThat(await(cancel(trip.getTripId())).getState()).isEqualTo(Trip.State.REFUNDING);
    orders.mends();
    clock.advance(Duration.ofMinutes(1));
    await(sweep.run());

    assertThat(visit.get(citizen, trip.getTripId()).getState()).isEqualTo(Trip.State.REFUNDED);
  }

  @Test
  void aRefundOnlyPaymentsEventTellsOfEndsTheTrip() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(2), 1);
    orders.breaks(true);
    var unused = await(cancel(trip.getTripId()));
    orders.mends();

    orders.tellRefunded(orders.get(trip.getPaymentOrderId()));

    assertThat(visit.awaitState(citizen, trip.getTripId(), Trip.State.REFUNDED).getTicketIdsCount())
        .isEqualTo(1);
  }

  @Test
  void allMoneyGivenBackByTheOperatorVoidsTheTickets() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(2), 2);
    var order = orders.get(trip.getPaymentOrderId());

    orders.tellRefunded(order.toBuilder().setAmount(order.getLines(0).getAmount()).build());
    orders.tellRefunded(order);

    var refunded = visit.awaitState(citizen, trip.getTripId(), Trip.State.REFUNDED);
    assertThat(refunded.getTicketsList())
        .extracting(Ticket::getState)
        .containsOnly(Ticket.State.CANCELLED);
  }

  @Test
  void aCancelledTripWhoseMoneyTheOperatorGaveBackBeforeIsRefunded() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(2), 1);
    orders.refundByOperator(trip.getPaymentOrderId());

    assertThat(await(cancel(trip.getTripId())).getState()).isEqualTo(Trip.State.REFUNDED);
  }

  @Test
  void moneyThatCameBeforeTheCancellationCountsAndGoesBack() {
    var trip = visit.held(citizen, visit.twoDaySlot(2), 1);
    orders.payQuietly(trip.getPaymentOrderId());

    assertThat(await(cancel(trip.getTripId())).getState()).isEqualTo(Trip.State.REFUNDED);
  }

  @Test
  void anUnpaidHoldRunsOutAndItsPlacesAreFree() {
    var slot = visit.twoDaySlot(8);
    var trip = visit.held(citizen, slot, 4);
    assertThat(visit.twoDaySlot(8).getRemaining()).isEqualTo(slot.getRemaining() - 4);
    clock.advance(Duration.ofMinutes(16));

    await(sweep.run());

    clock.reset();
    assertThat(visit.get(citizen, trip.getTripId()).getState()).isEqualTo(Trip.State.EXPIRED);
    assertThat(visit.twoDaySlot(8).getRemaining()).isEqualTo(slot.getRemaining());
  }

  @Test
  void aTripThatWasPaidInTheLastMomentIsConfirmedByTheSweep() {
    var trip = visit.held(citizen, visit.twoDaySlot(2), 1);
    orders.payQuietly(trip.getPaymentOrderId());
    clock.advance(Duration.ofMinutes(16));

    await(sweep.run());

    assertThat(visit.get(citizen, trip.getTripId()).getState()).isEqualTo(Trip.State.CONFIRMED);
  }

  @Test
  void lateMoneyGetsItsPlacesAgainWhereThereAreSome() {
    var trip = expiredThenPaid(visit.twoDaySlot(2));

    assertThat(visit.awaitState(citizen, trip, Trip.State.CONFIRMED).getTicketIdsCount())
        .isEqualTo(1);
  }

  @Test
  void lateMoneyGoesBackWhenThePlacesAreGone() {
    var slot = visit.twoDaySlot(9);
    visit.limit(slot, 1);
    String trip = expired(slot);
    var unused = visit.confirmed(UUID.randomUUID(), slot, 1);
    var order = orders.get(visit.get(citizen, trip).getPaymentOrderId());
    orders.tellPaid(order);
    var refunding = visit.awaitState(citizen, trip, Trip.State.REFUNDING);

    assertThat(refunding.getTicketIdsList()).isEmpty();
  }

  @Test
  void withoutPaymentsWordPlacesAreFreeAfterTheGrace() {
    var trip = visit.held(citizen, visit.twoDaySlot(2), 1);
    clock.advance(Duration.ofMinutes(16));
    orders.breaks(false);
    await(sweep.run());
    assertThat(list()).extracting(Trip::getState).containsExactly(Trip.State.AWAITING_PAYMENT);

    clock.advance(Duration.ofMinutes(11));
    await(sweep.run());

    assertThat(list()).extracting(Trip::getTripId).containsExactly(trip.getTripId());
    assertThat(list()).extracting(Trip::getState).containsExactly(Trip.State.EXPIRED);
  }

  private String expiredThenPaid(TimeSlot slot) {
    String trip = expired(slot);
    orders.tellPaid(orders.get(visit.get(citizen, trip).getPaymentOrderId()));
    return trip;
  }

  private String expired(TimeSlot slot) {
    var trip = visit.held(citizen, slot, 1);
    clock.advance(Duration.ofMinutes(16));
    await(sweep.run());
    clock.reset();
    assertThat(visit.get(citizen, trip.getTripId()).getState()).isEqualTo(Trip.State.EXPIRED);
    return trip.getTripId();
  }

  private Uni<Trip> cancel(String tripId) {
    return visit
        .as(citizen)
        .cancelTrip(
            CancelTripRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setTripId(tripId)
                .build());
  }

  private List<Trip> list() {
    return await(visit.as(citizen).listTrips(ListTripsRequest.getDefaultInstance())).getTripsList();
  }
}
