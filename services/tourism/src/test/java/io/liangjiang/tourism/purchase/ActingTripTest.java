package io.liangjiang.tourism.purchase;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.tourism.city.OrderBook;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.Trip;
import io.liangjiang.tourism.v1.TripService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A son buys for his mother: whose trip it is, who is said to have bought it, whose money it is.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ActingTripTest {
  @Inject Visit visit;
  @Inject OrderBook orders;

  @GrpcClient("self")
  TripService trips;

  @GrpcClient("self")
  AccessRecordService records;

  private final UUID mother = UUID.randomUUID();
  private final UUID son = UUID.randomUUID();

  private TripService acting(String... powers) {
    var level = AssuranceLevel.REAL_NAME;
    return TestCalls.as(trips, TestTokens.acting(mother, son, level, List.of(powers)));
  }

  private static String reason(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  @Test
  void theTripIsTheMothersAndSaysWhoBoughtIt() {
    var request = Visit.adults(visit.twoDaySlot(3), 1);

    var trip = await(acting("tourism.book").createTrip(request));

    assertThat(trip.getBookedBy()).isEqualTo(son.toString());
    assertThat(trip.getPayerId()).isEqualTo(mother.toString());
    assertThat(orders.get(trip.getPaymentOrderId()).getPayerCitizenId())
        .isEqualTo(mother.toString());
    assertThat(visit.get(mother, trip.getTripId())).isEqualTo(trip);
    assertThat(
            await(
                    TestCalls.as(records, visit.token(mother))
                        .listAccessRecords(ListAccessRecordsRequest.getDefaultInstance()))
                .getAccessRecordsList())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.getReaderSubject()).isEqualTo(son.toString());
              assertThat(record.getDataKind()).isEqualTo("trip");
              assertThat(record.getResourceId()).isEqualTo(trip.getTripId());
              assertThat(record.getPurpose()).isEqualTo("delegate: tourism.book");
            });
  }

  @Test
  void whoAsksToPayGetsTheOrderInTheirOwnName() {
    var request = Visit.adults(visit.twoDaySlot(3), 1).toBuilder().setPaidByDelegate(true).build();

    var trip = await(acting("tourism.book").createTrip(request));

    assertThat(trip.getPayerId()).isEqualTo(son.toString());
    assertThat(orders.get(trip.getPaymentOrderId()).getPayerCitizenId()).isEqualTo(son.toString());
  }

  @Test
  void nobodyElsePaysWhereNobodyActs() {
    var request = Visit.adults(visit.twoDaySlot(3), 1).toBuilder().setPaidByDelegate(true).build();

    assertThat(reason(visit.as(mother).createTrip(request))).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void theSameKeyOfTheTwoMakesTwoTrips() {
    CreateTripRequest first = Visit.adults(visit.twoDaySlot(3), 1);
    CreateTripRequest second =
        Visit.adults(visit.twoDaySlot(3), 1).toBuilder().setRequestId(first.getRequestId()).build();

    var hers = await(visit.as(mother).createTrip(first));
    var his = await(acting("tourism.book").createTrip(second));

    assertThat(his.getTripId()).isNotEqualTo(hers.getTripId());
    assertThat(await(acting("tourism.book").createTrip(second)).getTripId())
        .isEqualTo(his.getTripId());
  }

  @Test
  void bookingIsCancellingToo() {
    Trip trip = await(acting("tourism.book").createTrip(Visit.adults(visit.twoDaySlot(3), 1)));
    var cancel =
        CancelTripRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setTripId(trip.getTripId())
            .build();

    assertThat(reason(acting("tourism.read_records").cancelTrip(cancel)))
        .isEqualTo("POWER_NOT_GIVEN");
    assertThat(await(acting("tourism.book").cancelTrip(cancel)).getState())
        .isEqualTo(Trip.State.CANCELLED);
  }
}
