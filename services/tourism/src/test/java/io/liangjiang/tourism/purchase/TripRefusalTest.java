package io.liangjiang.tourism.purchase;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.tourism.city.Families;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest.Holder;
import io.liangjiang.tourism.v1.GetTicketRequest;
import io.liangjiang.tourism.v1.GetTripRequest;
import io.liangjiang.tourism.v1.ListTripsRequest;
import io.liangjiang.tourism.v1.Product.RiderCategory;
import io.liangjiang.tourism.v1.TicketService;
import io.liangjiang.tourism.v1.TimeSlot;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Wrong input of every RPC of trips and tickets, and what a citizen may not see. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TripRefusalTest {
  @Inject Visit visit;
  @Inject Families families;

  @GrpcClient("self")
  TicketService tickets;

  private final UUID citizen = UUID.randomUUID();

  @Test
  void refusesAHolderThatIsNobodyOrTwoPeople() {
    var slot = visit.twoDaySlot(2);

    assertThat(reason(slot, Holder.getDefaultInstance())).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(slot, Holder.newBuilder().setName("张三").build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(slot, Holder.newBuilder().setIdNumber(Visit.newIdNumber()).build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reason(
                slot,
                Holder.newBuilder()
                    .setName("张三")
                    .setIdNumber(Visit.newIdNumber())
                    .setDependantId(UUID.randomUUID().toString())
                    .build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(slot, Holder.newBuilder().setDependantId("child").build()))
        .isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void refusesANumberWithAWrongCheckCharacterAndDoesNotRepeatIt() {
    String number = Visit.newIdNumber();
    String wrong = number.substring(0, 17) + (number.charAt(17) == '1' ? '2' : '1');
    var holder = Holder.newBuilder().setName("张三").setIdNumber(wrong).build();

    var failure =
        catchThrowable(
            () -> await(visit.as(citizen).createTrip(request(visit.twoDaySlot(2), holder))));

    assertThat(TestCalls.reason(failure)).isEqualTo("INVALID_ID_NUMBER");
    assertThat(failure.toString()).doesNotContain(wrong);
  }

  @Test
  void refusesAStrangersDependant() {
    UUID stranger = families.add(UUID.randomUUID(), "别人的孩子");
    var holder = Holder.newBuilder().setDependantId(stranger.toString()).build();

    assertThat(reason(visit.twoDaySlot(2), holder)).isEqualTo("DEPENDANT_NOT_FOUND");
  }

  @Test
  void refusesItemsThatCannotBeSold() {
    var slot = visit.twoDaySlot(2);
    var good = Visit.adults(slot, 1);
    var item = good.getItems(0);

    assertThat(reason(good.toBuilder().clearItems())).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(Visit.adults(slot, 21).toBuilder())).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(good.toBuilder().setItems(0, item.toBuilder().setTimeSlotId("x"))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reason(
                good.toBuilder()
                    .setItems(0, item.toBuilder().setTimeSlotId(UUID.randomUUID().toString()))))
        .isEqualTo("TIME_SLOT_NOT_FOUND");
    assertThat(reason(good.toBuilder().setItems(0, item.toBuilder().setRiderCategoryValue(99))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(good.toBuilder().setItems(0, item.toBuilder().clearRiderCategory())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(good.toBuilder().setRequestId("once"))).isEqualTo("INVALID_REQUEST_ID");
    var jinfo = visit.slots("nanchuan-jinfo-mountain-two-day", 2).getFirst();
    assertThat(reason(good.toBuilder().addItems(Visit.adult(jinfo, Visit.newIdNumber()))))
        .isEqualTo("MIXED_OPERATORS");
    assertThat(reason(good.toBuilder().addItems(item))).isEqualTo("HOLDER_HAS_TICKET");
  }

  @Test
  void refusesIdsThatAreNoneOrAnothers() {
    var trip = visit.confirmed(UUID.randomUUID(), visit.twoDaySlot(2), 1);
    var mine = visit.as(citizen);
    var ticket = TestCalls.as(tickets, visit.token(citizen));

    assertThat(reason(() -> await(mine.getTrip(GetTripRequest.getDefaultInstance()))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(() -> visit.get(citizen, trip.getTripId()))).isEqualTo("TRIP_NOT_FOUND");
    assertThat(reason(() -> await(mine.cancelTrip(cancel(trip.getTripId())))))
        .isEqualTo("TRIP_NOT_FOUND");
    assertThat(reason(() -> await(mine.cancelTrip(cancel("trip"))))).isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reason(
                () ->
                    await(
                        mine.cancelTrip(
                            CancelTripRequest.newBuilder().setTripId(trip.getTripId()).build()))))
        .isEqualTo("INVALID_REQUEST_ID");
    assertThat(reason(() -> await(ticket.getTicket(ticketRequest(trip.getTicketIds(0))))))
        .isEqualTo("TICKET_NOT_FOUND");
    assertThat(reason(() -> await(ticket.getTicket(ticketRequest("1")))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reason(
                () ->
                    await(mine.listTrips(ListTripsRequest.newBuilder().setPageToken("!").build()))))
        .isEqualTo("INVALID_PAGE_TOKEN");
  }

  private String reason(TimeSlot slot, Holder holder) {
    return reason(request(slot, holder).toBuilder());
  }

  private String reason(CreateTripRequest.Builder request) {
    return reason(() -> await(visit.as(citizen).createTrip(request.build())));
  }

  private static String reason(ThrowingCallable call) {
    return TestCalls.reason(catchThrowable(call));
  }

  private static CreateTripRequest request(TimeSlot slot, Holder holder) {
    return CreateTripRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .addItems(
            CreateTripRequest.Item.newBuilder()
                .setTimeSlotId(slot.getTimeSlotId())
                .setRiderCategory(RiderCategory.CHILD)
                .setHolder(holder))
        .build();
  }

  private static CancelTripRequest cancel(String tripId) {
    return CancelTripRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setTripId(tripId)
        .build();
  }

  private static GetTicketRequest ticketRequest(String ticketId) {
    return GetTicketRequest.newBuilder().setTicketId(ticketId).build();
  }
}
