package io.liangjiang.transit.wire;

import static io.liangjiang.transit.wire.TransitCity.LINE;
import static io.liangjiang.transit.wire.TransitCity.await;
import static io.liangjiang.transit.wire.TransitCity.citizenToken;
import static io.liangjiang.transit.wire.TransitCity.operatorToken;
import static io.liangjiang.transit.wire.TransitCity.requestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.transit.v1.CreateCityCodeRequest;
import io.liangjiang.transit.v1.GetRideRequest;
import io.liangjiang.transit.v1.Line;
import io.liangjiang.transit.v1.ListCityCodeRevocationsRequest;
import io.liangjiang.transit.v1.ListLinesRequest;
import io.liangjiang.transit.v1.ListLinesResponse;
import io.liangjiang.transit.v1.ListRidesRequest;
import io.liangjiang.transit.v1.ListRidesResponse;
import io.liangjiang.transit.v1.Ride;
import io.liangjiang.transit.v1.RotateCityCodeKeyRequest;
import io.liangjiang.transit.v1.SettleOverdueRidesRequest;
import io.liangjiang.transit.v1.Tap;
import io.liangjiang.transit.v1.UploadTapsRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who may call what, and what wrong input gets. Allowed calls are all over the other tests. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(PaymentsPort.class)
class AccessWireTest {
  @Inject TransitCity city;

  private final UUID citizenId = UUID.randomUUID();

  private static Code code(Uni<?> call) {
    return Status.fromThrowable(catchThrowable(() -> await(call))).getCode();
  }

  private static String reason(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  private static List<String> tokensBut(String... allowed) {
    List<String> tokens = new ArrayList<>();
    for (String role :
        List.of("gate", "auditor", "bus-operator", "merchant", "hospital-desk", "admin")) {
      if (!List.of(allowed).contains(role)) {
        tokens.add(TestTokens.staff(role, "liangjiang-bus"));
      }
    }
    if (!List.of(allowed).contains("citizen")) {
      tokens.add(TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE));
    }
    if (!List.of(allowed).contains("service")) {
      tokens.add(TestTokens.service("tourism"));
    }
    return tokens;
  }

  private void lets(Function<String, Uni<?>> call, String... allowed) {
    for (String token : tokensBut(allowed)) {
      assertThat(reason(call.apply(token))).isEqualTo("PERMISSION_DENIED");
    }
    assertThat(reason(call.apply(TestTokens.expired(citizenId)))).isEqualTo("UNAUTHENTICATED");
    assertThat(reason(call.apply(TestTokens.forged(citizenId)))).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void letsOnlyCitizensAskForCode() {
    CreateCityCodeRequest request =
        CreateCityCodeRequest.newBuilder().setRequestId(requestId()).build();
    lets(token -> city.codesOf(token).createCityCode(request), "citizen");
    String unproven = TestTokens.citizen(citizenId, AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED);
    assertThat(reason(city.codesOf(unproven).createCityCode(request)))
        .isEqualTo("ASSURANCE_LEVEL_TOO_LOW");
    assertThat(reason(city.codes().createCityCode(request))).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void letsOnlyAdminRotateKeys() {
    lets(
        token ->
            city.codesOf(token)
                .rotateCityCodeKey(
                    RotateCityCodeKeyRequest.newBuilder().setRequestId(requestId()).build()),
        "admin");
  }

  @Test
  void letsOnlyReadersListRevocations() {
    ListCityCodeRevocationsRequest request = ListCityCodeRevocationsRequest.getDefaultInstance();
    lets(
        token -> city.codesOf(token).listCityCodeRevocations(request),
        "bus-operator",
        "gate",
        "hospital-desk",
        "service");
    for (String role : List.of("bus-operator", "gate", "hospital-desk")) {
      assertThat(
              await(
                  city.codesOf(TestTokens.staff(role, "liangjiang-bus"))
                      .listCityCodeRevocations(request)))
          .isNotNull();
    }
  }

  @Test
  void letsOnlyOperatorsUploadTapsOfTheirOwnLines() {
    UploadTapsRequest request =
        UploadTapsRequest.newBuilder()
            .setRequestId(requestId())
            .addTaps(city.tap(city.code(citizenId)))
            .build();
    lets(token -> city.tapsOf(token).uploadTaps(request), "bus-operator");
    assertThat(code(city.tapsOf(TestTokens.staff("bus-operator", "")).uploadTaps(request)))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(
            await(city.tapsOf(TestTokens.staff("bus-operator", "other-bus")).uploadTaps(request))
                .getResults(0)
                .getReason()
                .name())
        .isEqualTo("LINE_NOT_FOUND");
    assertThat(city.rides(citizenId)).isEmpty();
  }

  @Test
  void letsOnlyCitizensSeeAndSettleRidesAndOnlyTheirOwn() {
    lets(token -> city.ridesOf(token).listRides(ListRidesRequest.getDefaultInstance()), "citizen");
    lets(
        token ->
            city.ridesOf(token)
                .settleOverdueRides(
                    SettleOverdueRidesRequest.newBuilder().setRequestId(requestId()).build()),
        "citizen");
    String rideId = city.upload(city.tap(city.code(citizenId))).getRideId();
    GetRideRequest request = GetRideRequest.newBuilder().setRideId(rideId).build();
    lets(token -> city.ridesOf(token).getRide(request), "citizen");

    assertThat(await(city.ridesOf(citizenToken(citizenId)).getRide(request)).getRideId())
        .isEqualTo(rideId);
    assertThat(reason(city.ridesOf(citizenToken(UUID.randomUUID())).getRide(request)))
        .isEqualTo("RIDE_NOT_FOUND");
    assertThat(city.rides(UUID.randomUUID())).isEmpty();
  }

  @Test
  void refusesWrongRequestIds() {
    for (String wrong : List.of("", "1", "g".repeat(36))) {
      assertThat(
              reason(
                  city.codesOf(citizenToken(citizenId))
                      .createCityCode(
                          CreateCityCodeRequest.newBuilder().setRequestId(wrong).build())))
          .isEqualTo("INVALID_REQUEST_ID");
      assertThat(
              reason(
                  city.ridesOf(citizenToken(citizenId))
                      .settleOverdueRides(
                          SettleOverdueRidesRequest.newBuilder().setRequestId(wrong).build())))
          .isEqualTo("INVALID_REQUEST_ID");
      assertThat(
              reason(
                  city.tapsOf(operatorToken())
                      .uploadTaps(
                          UploadTapsRequest.newBuilder()
                              .setRequestId(wrong)
                              .addTaps(city.tap("x"))
                              .build())))
          .isEqualTo("INVALID_REQUEST_ID");
    }
  }

  @Test
  void refusesMalformedUploadAsWhole() {
    Tap good = city.tap(city.code(citizenId));
    List<Tap> wrong =
        List.of(
            good.toBuilder().setTapId("7").build(),
            good.toBuilder().setCode("x".repeat(513)).build(),
            good.toBuilder().setLineId("").build(),
            good.toBuilder().setLineId("x".repeat(65)).build(),
            good.toBuilder().setVehicleId(" ").build(),
            good.toBuilder().setStopId("a\nb").build(),
            good.toBuilder().clearTapTime().build(),
            good.toBuilder().setTapTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)).build());
    for (Tap tap : wrong) {
      assertThat(reason(upload(List.of(good, tap)))).isEqualTo("INVALID_ARGUMENT");
    }
    assertThat(reason(upload(List.of()))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(upload(Collections.nCopies(1_001, good)))).isEqualTo("INVALID_ARGUMENT");
    assertThat(city.rides(citizenId)).isEmpty();
  }

  private Uni<?> upload(List<Tap> taps) {
    return city.tapsOf(operatorToken())
        .uploadTaps(
            UploadTapsRequest.newBuilder().setRequestId(requestId()).addAllTaps(taps).build());
  }

  @Test
  void refusesWrongPagesAndIds() {
    var rides = city.ridesOf(citizenToken(citizenId));
    assertThat(reason(rides.listRides(ListRidesRequest.newBuilder().setPageSize(-1).build())))
        .isEqualTo("INVALID_ARGUMENT");
    for (String token : List.of("x", "%%%", "YQ", "a".repeat(600))) {
      assertThat(reason(rides.listRides(ListRidesRequest.newBuilder().setPageToken(token).build())))
          .isEqualTo("INVALID_PAGE_TOKEN");
    }
    assertThat(reason(rides.getRide(GetRideRequest.newBuilder().setRideId("7").build())))
        .isEqualTo("INVALID_ARGUMENT");
    var readers = city.codesOf(operatorToken());
    assertThat(
            reason(
                readers.listCityCodeRevocations(
                    ListCityCodeRevocationsRequest.newBuilder().setPageToken("YQ").build())))
        .isEqualTo("INVALID_PAGE_TOKEN");
    assertThat(
            reason(
                readers.listCityCodeRevocations(
                    ListCityCodeRevocationsRequest.newBuilder().setPageSize(-1).build())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void pagesRidesNewestFirst() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.addFirst(city.upload(city.tap(city.code(citizenId))).getRideId());
    }
    var rides = city.ridesOf(citizenToken(citizenId));
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListRidesResponse page =
          await(
              rides.listRides(
                  ListRidesRequest.newBuilder().setPageSize(2).setPageToken(token).build()));
      page.getRidesList().stream().map(Ride::getRideId).forEach(seen::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void listsLinesToEverybody() {
    ListLinesResponse first =
        await(city.lines().listLines(ListLinesRequest.newBuilder().setPageSize(3).build()));
    ListLinesResponse rest =
        await(
            city.lines()
                .listLines(
                    ListLinesRequest.newBuilder().setPageToken(first.getNextPageToken()).build()));

    assertThat(first.getLinesCount()).isEqualTo(3);
    List<Line> all = new ArrayList<>(first.getLinesList());
    all.addAll(rest.getLinesList());
    assertThat(all).extracting(Line::getLineId).hasSize(10).isSorted().contains(LINE);
    assertThat(all)
        .filteredOn(line -> line.getLineId().equals(LINE))
        .singleElement()
        .satisfies(line -> assertThat(line.getAdultFare().getAmountMinor()).isEqualTo(200))
        .satisfies(line -> assertThat(line.getOperatorId()).isEqualTo("liangjiang-bus"));
  }
}
