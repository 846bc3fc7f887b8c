package io.liangjiang.transit.wire;

import static io.liangjiang.transit.wire.TransitCity.await;
import static io.liangjiang.transit.wire.TransitCity.citizenToken;
import static io.liangjiang.transit.wire.TransitCity.requestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.transit.v1.Ride;
import io.liangjiang.transit.v1.SettleOverdueRidesRequest;
import io.liangjiang.transit.v1.SettleOverdueRidesResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(PaymentsPort.class)
class ChargeWireTest {
  @Inject TransitCity city;
  @Inject MutableClock clock;
  @Inject Database database;

  private final UUID citizenId = UUID.randomUUID();

  @BeforeEach
  void chargeWhatOtherTestsLeft() {
    city.chargeDue();
  }

  @AfterEach
  void heal() {
    clock.reset();
    city.payments().setAway(false);
    city.payments().setLosesAnswers(false);
  }

  private Ride rideOnce() {
    city.upload(city.tap(city.code(citizenId)));
    return ride();
  }

  private Ride ride() {
    return city.rides(citizenId).getFirst();
  }

  private SettleOverdueRidesResponse settle() {
    return await(
        city.ridesOf(citizenToken(citizenId))
            .settleOverdueRides(
                SettleOverdueRidesRequest.newBuilder().setRequestId(requestId()).build()));
  }

  private List<String> eventsOf(Ride ride) {
    return await(
        database
            .client()
            .preparedQuery(
                "select event_type from outbox_event where subject = $1 order by event_seq")
            .execute(Tuple.of(ride.getRideId()))
            .map(
                rows ->
                    StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList()));
  }

  @Test
  void chargesRideOnce() {
    city.payments().fill(citizenId, 1_000);
    rideOnce();

    city.chargeDue();
    city.chargeDue();

    assertThat(ride().getState()).isEqualTo(Ride.State.SUCCESS);
    assertThat(ride().hasChargeTime()).isTrue();
    assertThat(city.payments().balance(citizenId)).isEqualTo(800);
    assertThat(city.payments().charges(citizenId))
        .singleElement()
        .extracting(Charge::getBusinessReference)
        .isEqualTo(ride().getRideId());
    assertThat(eventsOf(ride())).containsExactly("transit.RideCharged");
  }

  @Test
  void chargesRideOnceThoughTheAnswerIsLost() {
    city.payments().fill(citizenId, 1_000);
    rideOnce();
    city.payments().setLosesAnswers(true);

    city.chargeDue();
    assertThat(ride().getState()).isEqualTo(Ride.State.ACCEPTED);
    city.payments().setLosesAnswers(false);
    city.chargeDue();
    assertThat(ride().getState()).isEqualTo(Ride.State.ACCEPTED);
    clock.advance(Duration.ofSeconds(31));
    city.chargeDue();

    assertThat(ride().getState()).isEqualTo(Ride.State.SUCCESS);
    assertThat(city.payments().balance(citizenId)).isEqualTo(800);
  }

  @Test
  void blocksCitizenInArrearsUntilPaid() {
    rideOnce();
    city.chargeDue();

    assertThat(ride().getState()).isEqualTo(Ride.State.PAY_FAIL);
    Throwable refusal = catchThrowable(() -> city.code(citizenId));
    assertThat(Status.fromThrowable(refusal).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(TestCalls.reason(refusal)).isEqualTo("OVERDUE");
    assertThat(TestCalls.errorInfo(refusal).getMetadataMap())
        .containsEntry("overdueRideCount", "1")
        .containsEntry("overdueAmountMinor", "200")
        .containsEntry("currencyCode", "CNY");

    city.payments().fill(citizenId, 200);
    SettleOverdueRidesResponse settled = settle();

    assertThat(settled.getSettledRidesList())
        .singleElement()
        .extracting(Ride::getState)
        .isEqualTo(Ride.State.SUCCESS);
    assertThat(settled.getOverdueRideCount()).isZero();
    assertThat(settled.getOverdueAmount().getAmountMinor()).isZero();
    assertThat(city.code(citizenId)).hasSize(154);
    assertThat(eventsOf(ride())).containsExactly("transit.RideChargeFailed", "transit.RideCharged");
  }

  @Test
  void settlesNothingWhileTheWalletIsEmpty() {
    rideOnce();
    city.chargeDue();

    SettleOverdueRidesResponse settled = settle();

    assertThat(settled.getSettledRidesList()).isEmpty();
    assertThat(settled.getOverdueRideCount()).isEqualTo(1);
    assertThat(settled.getOverdueAmount().getAmountMinor()).isEqualTo(200);
    assertThat(settle().getOverdueRideCount()).isEqualTo(1);
  }

  @Test
  void triesAgainByItselfAtGrowingDistances() {
    rideOnce();
    city.chargeDue();
    city.payments().fill(citizenId, 200);
    city.chargeDue();
    assertThat(ride().getState()).isEqualTo(Ride.State.PAY_FAIL);

    clock.advance(Duration.ofSeconds(61));
    city.chargeDue();

    assertThat(ride().getState()).isEqualTo(Ride.State.SUCCESS);
    assertThat(city.payments().charges(citizenId)).hasSize(1);
  }

  @Test
  void stopsTryingAfterItsBoundButSettlesWhenTheCitizenAsks() {
    rideOnce();
    for (int attempt = 0; attempt < 12; attempt++) {
      city.chargeDue();
      clock.advance(Duration.ofDays(4));
    }
    city.payments().fill(citizenId, 200);
    city.chargeDue();
    assertThat(ride().getState()).isEqualTo(Ride.State.PAY_FAIL);
    assertThat(eventsOf(ride())).hasSize(8);

    assertThat(settle().getSettledRidesCount()).isEqualTo(1);
  }

  @Test
  void triesAgainWhenTheCitizenFilledTheWallet() {
    rideOnce();
    city.chargeDue();
    city.payments().topUp(citizenId, 500);

    Ride paid =
        await(
            Multi.createBy()
                .repeating()
                .supplier(this::chargeAndLook)
                .withDelay(Duration.ofMillis(50))
                .whilst(ride -> ride.getState() != Ride.State.SUCCESS)
                .collect()
                .last());

    assertThat(paid.getState()).isEqualTo(Ride.State.SUCCESS);
    assertThat(city.payments().balance(citizenId)).isEqualTo(300);
  }

  private Ride chargeAndLook() {
    city.chargeDue();
    return ride();
  }

  @Test
  void saysThatPaymentsIsAwayAndSettlesLater() {
    rideOnce();
    city.chargeDue();
    city.payments().fill(citizenId, 200);
    city.payments().setAway(true);

    Throwable failure = catchThrowable(this::settle);
    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);

    city.payments().setAway(false);
    assertThat(settle().getSettledRidesCount()).isEqualTo(1);
  }

  @Test
  void freeRideSucceedsWithoutPayments() {
    city.upload(city.tap(city.code(citizenId)).toBuilder().setLineId("cq-T011").build());
    city.payments().setAway(true);
    city.chargeDue();

    assertThat(ride().getState()).isEqualTo(Ride.State.SUCCESS);
    assertThat(ride().getFare().getAmountMinor()).isZero();
    assertThat(eventsOf(ride())).containsExactly("transit.RideCharged");
  }
}
