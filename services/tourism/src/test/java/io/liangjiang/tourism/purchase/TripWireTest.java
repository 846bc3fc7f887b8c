package io.liangjiang.tourism.purchase;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.reservation.ReservationBooks;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.tourism.city.Families;
import io.liangjiang.tourism.city.OrderBook;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.GetTicketRequest;
import io.liangjiang.tourism.v1.ListTripsRequest;
import io.liangjiang.tourism.v1.Ticket;
import io.liangjiang.tourism.v1.TicketService;
import io.liangjiang.tourism.v1.TimeSlot;
import io.liangjiang.tourism.v1.Trip;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buying, over the wire and on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TripWireTest {
  @Inject Visit visit;
  @Inject OrderBook orders;
  @Inject Families families;
  @Inject MutableClock clock;
  @Inject Database database;
  @Inject ReservationBooks books;
  @Inject TripSweep sweep;

  @GrpcClient("self")
  TicketService tickets;

  private final UUID citizen = UUID.randomUUID();

  @AfterEach
  void theBooksAreRight() {
    clock.reset();
    orders.mends();
    assertThat(await(books.differences(database.client(), 10))).isEmpty();
  }

  @Test
  void holdsForAFamilyAndIssuesTicketsWhenPaymentsEventComes() {
    var slot = visit.twoDaySlot(2);
    UUID child = families.add(citizen, "张小花");
    var request =
        CreateTripRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .addItems(Visit.adult(slot, Visit.newIdNumber()))
            .addItems(Visit.child(slot, child))
            .build();

    var trip = await(visit.as(citizen).createTrip(request));

    assertThat(trip.getState()).isEqualTo(Trip.State.AWAITING_PAYMENT);
    assertThat(trip.getTotalAmount()).isEqualTo(fen(18750));
    assertThat(trip.getItemsList())
        .extracting(Trip.Item::getHolderName)
        .containsExactly("张**", "张**");
    assertThat(trip.getItems(1).getDependantId()).isEqualTo(child.toString());
    var order = orders.get(trip.getPaymentOrderId());
    assertThat(order.getAmount()).isEqualTo(fen(18750));
    assertThat(order.getMerchantId()).isEqualTo("wulong-tourism");
    assertThat(order.getBusinessReference()).isEqualTo(trip.getTripId());
    assertThat(order.getPayerCitizenId()).isEqualTo(citizen.toString());
    assertThat(order.getExpireTime()).isEqualTo(trip.getHoldExpireTime());

    orders.tellPaid(order);
    var confirmed = visit.awaitState(citizen, trip.getTripId(), Trip.State.CONFIRMED);

    assertThat(confirmed.getTicketIdsList()).hasSize(2);
    var ticket = ticket(confirmed.getTicketIds(1));
    assertThat(ticket.getState()).isEqualTo(Ticket.State.ISSUED);
    assertThat(ticket.getTimeSlotId()).isEqualTo(slot.getTimeSlotId());
    assertThat(ticket).isEqualTo(confirmed.getTickets(1));
    assertThat(ticket.getCode()).hasSize(154);
    assertThat(confirmed.getItems(1).getTicketId()).isEqualTo(ticket.getTicketId());
  }

  @Test
  void confirmsWhenAskedThoughTheEventIsStillOnItsWay() {
    var trip = visit.held(citizen, visit.twoDaySlot(2), 1);
    orders.payQuietly(trip.getPaymentOrderId());

    assertThat(visit.get(citizen, trip.getTripId()).getState()).isEqualTo(Trip.State.CONFIRMED);

    orders.tellPaid(orders.get(trip.getPaymentOrderId()));
    orders.tellPaid(orders.get(trip.getPaymentOrderId()));
    assertThat(visit.get(citizen, trip.getTripId()).getTicketIdsCount()).isEqualTo(1);
  }

  @Test
  void answersTheSameRequestWithTheFirstTrip() {
    var request = Visit.adults(visit.twoDaySlot(2), 2);

    var all =
        await(
            Uni.join()
                .all(List.of(create(request), create(request), create(request)))
                .andFailFast());

    assertThat(all).extracting(Trip::getTripId).containsOnly(all.getFirst().getTripId());
    assertThat(orders.countOf(all.getFirst().getTripId())).isEqualTo(1);
    var other = request.toBuilder().removeItems(1).build();
    assertThat(TestCalls.reason(catchThrowable(() -> await(create(other)))))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void goesOnWhereALostConnectionStoppedIt() {
    for (boolean afterEffect : new boolean[] {false, true}) {
      var request = Visit.adults(visit.twoDaySlot(2), 1);
      orders.breaks(afterEffect);
      assertThat(TestCalls.reason(catchThrowable(() -> await(create(request)))))
          .isEqualTo("UNAVAILABLE");
      orders.mends();

      var trip = await(create(request));

      assertThat(trip.getState()).isEqualTo(Trip.State.AWAITING_PAYMENT);
      assertThat(orders.countOf(trip.getTripId())).isEqualTo(1);
    }
  }

  @Test
  void theSweepGoesOnWhenTheCitizenDoesNot() {
    orders.breaks(true);
    var failure = catchThrowable(() -> visit.held(citizen, visit.twoDaySlot(2), 1));
    assertThat(TestCalls.reason(failure)).isEqualTo("UNAVAILABLE");
    orders.mends();
    clock.advance(Duration.ofMinutes(1));

    await(sweep.run());

    assertThat(list()).extracting(Trip::getState).containsExactly(Trip.State.AWAITING_PAYMENT);
  }

  @Test
  void sellsExactlyThePlacesThereAre() {
    var slot = visit.twoDaySlot(5);
    visit.limit(slot, 10);

    var outcomes =
        await(
            Uni.join()
                .all(
                    IntStream.range(0, 64)
                        .mapToObj(
                            i ->
                                visit
                                    .as(UUID.randomUUID())
                                    .createTrip(Visit.adults(slot, 1))
                                    .map(trip -> trip.getState().name())
                                    .onFailure()
                                    .recoverWithItem(TestCalls::reason))
                        .toList())
                .andFailFast());

    assertThat(outcomes).filteredOn("AWAITING_PAYMENT"::equals).hasSize(10);
    assertThat(outcomes).filteredOn("SOLD_OUT"::equals).hasSize(54);
    assertThat(visit.twoDaySlot(5).getRemaining()).isZero();
    assertThat(visit.twoDaySlot(5).getSaleState().name()).isEqualTo("SOLD_OUT");
  }

  @Test
  void saysWhichSlotIsSoldOut() {
    var slot = visit.twoDaySlot(6);
    visit.limit(slot, 1);

    var failure = catchThrowable(() -> visit.held(citizen, slot, 2));

    assertThat(TestCalls.reason(failure)).isEqualTo("SOLD_OUT");
    assertThat(TestCalls.errorInfo(failure).getMetadataMap())
        .containsEntry("timeSlotId", slot.getTimeSlotId());
  }

  @Test
  void sellsOneTicketADocumentAndSlotUntilItIsGivenBack() {
    var slot = visit.twoDaySlot(2);
    String number = Visit.newIdNumber();
    var first = await(create(one(slot, number)));

    assertThat(TestCalls.reason(catchThrowable(() -> await(create(one(slot, number))))))
        .isEqualTo("HOLDER_HAS_TICKET");

    var unused = await(cancel(first.getTripId()));
    assertThat(await(create(one(slot, number))).getState()).isEqualTo(Trip.State.AWAITING_PAYMENT);
  }

  @Test
  void keepsNoNumberOrNameInTheClear() {
    String number = Visit.newIdNumber();
    var trip = await(create(one(visit.twoDaySlot(2), number)));

    String dump =
        await(
                database
                    .client()
                    .query(
                        """
                        select encode(convert_to(r::text, 'UTF8'), 'hex') || encode(response, 'hex')
                          as text from idempotency_record r
                        union all
                        select encode(convert_to(i::text, 'UTF8'), 'hex')
                          || encode(sealed_holder, 'hex') from trip_item i
                        union all
                        select encode(payload, 'hex') from outbox_event
                        """)
                    .execute())
            .stream()
            .map(row -> String.valueOf(row.getString("text")))
            .reduce("", String::concat);

    assertThat(dump).contains(hex("张**")).doesNotContain(hex(number)).doesNotContain(hex("张小明"));
    assertThat(trip.toString()).doesNotContain(number);
  }

  @Test
  void confirmsATripThatCostsNothingAtOnce() {
    var slots = visit.slots("three-gorges-museum-afternoon", daysToWednesday());
    var trip = visit.held(citizen, slots.getFirst(), 2);

    assertThat(trip.getState()).isEqualTo(Trip.State.CONFIRMED);
    assertThat(trip.getTicketsCount()).isEqualTo(2);
    assertThat(trip.getPaymentOrderId()).isEmpty();
    assertThat(await(cancel(trip.getTripId())).getState()).isEqualTo(Trip.State.CANCELLED);
  }

  @Test
  void listsTheCallersTripsNewestFirst() {
    var slot = visit.twoDaySlot(2);
    var ids =
        IntStream.range(0, 3).mapToObj(i -> visit.held(citizen, slot, 1).getTripId()).toList();
    var stranger = visit.held(UUID.randomUUID(), slot, 1);

    var first =
        await(visit.as(citizen).listTrips(ListTripsRequest.newBuilder().setPageSize(2).build()));
    var second =
        await(
            visit
                .as(citizen)
                .listTrips(
                    ListTripsRequest.newBuilder()
                        .setPageSize(2)
                        .setPageToken(first.getNextPageToken())
                        .build()));

    assertThat(first.getTripsList())
        .extracting(Trip::getTripId)
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(second.getTripsList()).extracting(Trip::getTripId).containsExactly(ids.get(0));
    assertThat(second.getNextPageToken()).isEmpty();
    var failure = catchThrowable(() -> visit.get(citizen, stranger.getTripId()));
    assertThat(TestCalls.reason(failure)).isEqualTo("TRIP_NOT_FOUND");
  }

  private Uni<Trip> create(CreateTripRequest request) {
    return visit.as(citizen).createTrip(request);
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

  private Ticket ticket(String ticketId) {
    return await(
        TestCalls.as(tickets, visit.token(citizen))
            .getTicket(GetTicketRequest.newBuilder().setTicketId(ticketId).build()));
  }

  private static CreateTripRequest one(TimeSlot slot, String idNumber) {
    return CreateTripRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .addItems(Visit.adult(slot, idNumber))
        .build();
  }

  private int daysToWednesday() {
    var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
    return Math.floorMod(3 - today.getDayOfWeek().getValue() - 1, 7) + 1;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Money fen(long amount) {
    return Money.newBuilder().setAmountMinor(amount).setCurrencyCode("CNY").build();
  }
}
