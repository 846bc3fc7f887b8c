package io.liangjiang.tourism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.liangjiang.platform.test.AccessMatrix;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CheckInService;
import io.liangjiang.tourism.v1.CheckInServiceGrpc;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.GetSiteRequest;
import io.liangjiang.tourism.v1.GetTicketRequest;
import io.liangjiang.tourism.v1.GetTripRequest;
import io.liangjiang.tourism.v1.ListSitesRequest;
import io.liangjiang.tourism.v1.ListTimeSlotsRequest;
import io.liangjiang.tourism.v1.ListTripsRequest;
import io.liangjiang.tourism.v1.MutinyCheckInServiceGrpc;
import io.liangjiang.tourism.v1.MutinySiteServiceGrpc;
import io.liangjiang.tourism.v1.MutinyTicketServiceGrpc;
import io.liangjiang.tourism.v1.MutinyTripServiceGrpc;
import io.liangjiang.tourism.v1.RedeemTicketRequest;
import io.liangjiang.tourism.v1.SiteService;
import io.liangjiang.tourism.v1.SiteServiceGrpc;
import io.liangjiang.tourism.v1.TicketService;
import io.liangjiang.tourism.v1.TicketServiceGrpc;
import io.liangjiang.tourism.v1.TripService;
import io.liangjiang.tourism.v1.TripServiceGrpc;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may call what: every RPC, with a token of each kind. Who passes gets as far as the RPC's own
 * refusals.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class AccessTest {
  private static final List<String> STAFF =
      List.of(
          TestTokens.staff("gate", Visit.OPERATOR),
          TestTokens.staff("auditor", ""),
          TestTokens.staff("bus-operator", "liangjiang-bus"),
          TestTokens.staff("merchant", Visit.OPERATOR),
          TestTokens.staff("hospital-desk", "chongqing-children-hospital"),
          TestTokens.staff("admin", ""));
  private static final ListAccessRecordsRequest ALL = ListAccessRecordsRequest.getDefaultInstance();
  private static final String GATE = STAFF.getFirst();
  private static final String SERVICE = TestTokens.service("healthcare");
  private static final String BASIC = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.BASIC);
  private static final String REAL_NAME =
      TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME);

  @GrpcClient("self")
  SiteService sites;

  @GrpcClient("self")
  TripService trips;

  @GrpcClient("self")
  TicketService tickets;

  @GrpcClient("self")
  CheckInService checkIns;

  @GrpcClient("self")
  AccessRecordService records;

  @ConfigProperty(name = "quarkus.grpc.clients.self.port")
  int port;

  /** Sends no token at all; the injected stubs send this service's own. */
  private ManagedChannel channel;

  @BeforeEach
  void open() {
    channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  @Test
  void everyRpcLetsInWhomItsContractNames() {
    AccessMatrix.check(
        SiteServiceGrpc.getServiceDescriptor(),
        TripServiceGrpc.getServiceDescriptor(),
        TicketServiceGrpc.getServiceDescriptor(),
        CheckInServiceGrpc.getServiceDescriptor(),
        ParkedEventServiceGrpc.getServiceDescriptor());
  }

  @Test
  void everybodyMayLookAtSites() {
    var anybody = MutinySiteServiceGrpc.newMutinyStub(channel);

    assertThat(reason(anybody.listSites(ListSitesRequest.getDefaultInstance()))).isEmpty();
    assertThat(reason(anybody.getSite(GetSiteRequest.getDefaultInstance())))
        .isEqualTo("SITE_NOT_FOUND");
    assertThat(reason(anybody.listTimeSlots(ListTimeSlotsRequest.getDefaultInstance())))
        .isEqualTo("PRODUCT_NOT_FOUND");
    assertThat(
            reason(
                TestCalls.as(sites, TestTokens.forged(UUID.randomUUID()))
                    .listSites(ListSitesRequest.getDefaultInstance())))
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void onlyCitizensWithAProvedNameBuyTrips() {
    Function<String, Uni<?>> create =
        token -> TestCalls.as(trips, token).createTrip(CreateTripRequest.getDefaultInstance());

    assertThat(reason(create.apply(REAL_NAME))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(create.apply(BASIC))).isEqualTo("ASSURANCE_LEVEL_TOO_LOW");
    assertNoOthers(create, nobody().createTrip(CreateTripRequest.getDefaultInstance()));
  }

  @Test
  void onlyCitizensSeeAndGiveUpTrips() {
    Function<String, Uni<?>> get =
        token -> TestCalls.as(trips, token).getTrip(GetTripRequest.getDefaultInstance());
    Function<String, Uni<?>> list =
        token -> TestCalls.as(trips, token).listTrips(ListTripsRequest.getDefaultInstance());
    Function<String, Uni<?>> cancel =
        token -> TestCalls.as(trips, token).cancelTrip(CancelTripRequest.getDefaultInstance());

    assertThat(reason(get.apply(BASIC))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(list.apply(BASIC))).isEmpty();
    assertThat(reason(cancel.apply(BASIC))).isEqualTo("INVALID_REQUEST_ID");
    assertNoOthers(get, nobody().getTrip(GetTripRequest.getDefaultInstance()));
    assertNoOthers(list, nobody().listTrips(ListTripsRequest.getDefaultInstance()));
    assertNoOthers(cancel, nobody().cancelTrip(CancelTripRequest.getDefaultInstance()));
  }

  @Test
  void onlyCitizensSeeTickets() {
    Function<String, Uni<?>> get =
        token -> TestCalls.as(tickets, token).getTicket(GetTicketRequest.getDefaultInstance());

    assertThat(reason(get.apply(BASIC))).isEqualTo("INVALID_ARGUMENT");
    assertNoOthers(
        get,
        MutinyTicketServiceGrpc.newMutinyStub(channel)
            .getTicket(GetTicketRequest.getDefaultInstance()));
  }

  @Test
  void onlyGateStaffLetPeopleIn() {
    Function<String, Uni<?>> redeem =
        token ->
            TestCalls.as(checkIns, token).redeemTicket(RedeemTicketRequest.getDefaultInstance());

    assertThat(reason(redeem.apply(GATE))).isEqualTo("INVALID_ARGUMENT");
    for (String token : List.of(BASIC, REAL_NAME, SERVICE, STAFF.get(1), STAFF.get(3))) {
      assertThat(reason(redeem.apply(token))).isEqualTo("PERMISSION_DENIED");
    }
    assertThat(
            reason(
                MutinyCheckInServiceGrpc.newMutinyStub(channel)
                    .redeemTicket(RedeemTicketRequest.getDefaultInstance())))
        .isEqualTo("UNAUTHENTICATED");
    var complete =
        RedeemTicketRequest.newBuilder().setCode("x").setGateId("x").setNonce("x").build();
    assertThat(reason(TestCalls.as(checkIns, TestTokens.staff("gate", "")).redeemTicket(complete)))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void aDelegateReadsUnderTheCitizensEyes() {
    UUID mother = UUID.randomUUID();
    UUID son = UUID.randomUUID();
    var list = ListTripsRequest.getDefaultInstance();
    var level = AssuranceLevel.REAL_NAME;
    String reading = TestTokens.acting(mother, son, level, List.of("tourism.read_records"));
    String booking = TestTokens.acting(mother, son, level, List.of("tourism.book"));

    assertThat(reason(TestCalls.as(trips, reading).listTrips(list))).isEmpty();
    assertThat(reason(TestCalls.as(trips, booking).listTrips(list))).isEqualTo("POWER_NOT_GIVEN");
    assertThat(reason(TestCalls.as(records, reading).listAccessRecords(ALL)))
        .isEqualTo("ACTING_NOT_ALLOWED");
    assertThat(reason(TestCalls.as(trips, TestTokens.citizen(mother, level)).listTrips(list)))
        .isEmpty();

    var about =
        Visit.await(
            TestCalls.as(records, TestTokens.citizen(mother, level)).listAccessRecords(ALL));
    assertThat(about.getAccessRecordsList())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.getReaderSubject()).isEqualTo(son.toString());
              assertThat(record.getDataKind()).isEqualTo("trips");
              assertThat(record.getPurpose()).isEqualTo("delegate: tourism.read_records");
            });
  }

  private MutinyTripServiceGrpc.MutinyTripServiceStub nobody() {
    return MutinyTripServiceGrpc.newMutinyStub(channel);
  }

  private static void assertNoOthers(Function<String, Uni<?>> call, Uni<?> anonymous) {
    for (String token : STAFF) {
      assertThat(reason(call.apply(token))).isEqualTo("PERMISSION_DENIED");
    }
    assertThat(reason(call.apply(SERVICE))).isEqualTo("PERMISSION_DENIED");
    assertThat(reason(anonymous)).isEqualTo("UNAUTHENTICATED");
  }

  private static String reason(Uni<?> call) {
    var failure = catchThrowable(() -> Visit.await(call));
    return failure == null ? "" : TestCalls.reason(failure);
  }
}
