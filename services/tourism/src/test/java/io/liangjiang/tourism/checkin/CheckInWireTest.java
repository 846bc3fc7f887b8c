package io.liangjiang.tourism.checkin;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.citycode.CodeKind;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.tourism.city.CitizenCodes;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CheckIn;
import io.liangjiang.tourism.v1.CheckInService;
import io.liangjiang.tourism.v1.RedeemTicketRequest;
import io.liangjiang.tourism.v1.Ticket;
import io.liangjiang.tourism.v1.Trip;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate, over the wire and on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class CheckInWireTest {
  @GrpcClient("self")
  CheckInService checkIns;

  @GrpcClient("self")
  AccessRecordService accessRecords;

  @Inject Visit visit;
  @Inject CitizenCodes citizenCodes;
  @Inject MutableClock clock;

  private final UUID citizen = UUID.randomUUID();

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void letsATicketInOnceAndRepeatsTheAnswerForTheSameReading() {
    var ticket = ticketForToday();
    var reading = reading(ticket.getCode(), Visit.GATE);

    var checkIn = await(redeem(reading));

    assertThat(checkIn.getTicketId()).isEqualTo(ticket.getTicketId());
    assertThat(checkIn.getSiteId()).isEqualTo(Visit.SITE);
    assertThat(checkIn.getHolderName()).isEqualTo("张**");
    assertThat(await(redeem(reading))).isEqualTo(checkIn);
    assertThat(visit.get(citizen, ticket.getTripId()).getTickets(0).getState())
        .isEqualTo(Ticket.State.REDEEMED);
    var failure = failure(reading(ticket.getCode(), Visit.SITE + "-g2"));
    assertThat(TestCalls.reason(failure)).isEqualTo("ALREADY_REDEEMED");
    assertThat(TestCalls.errorInfo(failure).getMetadataMap())
        .containsEntry("gateId", Visit.GATE)
        .containsKey("redeemTime");
  }

  @Test
  void ofManyReadingsAtOnceOneOpensTheGate() {
    var code = ticketForToday().getCode();

    var outcomes =
        together(IntStream.range(0, 16).mapToObj(i -> reading(code, Visit.GATE)).toList());

    assertThat(outcomes).filteredOn("ALREADY_REDEEMED"::equals).hasSize(15);
  }

  @Test
  void ofOneReadingSentManyTimesAllGetTheSameAnswer() {
    var reading = reading(ticketForToday().getCode(), Visit.GATE);

    var outcomes = together(IntStream.range(0, 16).mapToObj(i -> reading).toList());

    assertThat(outcomes.stream().distinct()).hasSize(1).doesNotContain("ALREADY_REDEEMED");
  }

  @Test
  void refusesANonceForAnotherCode() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(0), 2);
    var reading = reading(trip.getTickets(0).getCode(), Visit.GATE);
    var unused = await(redeem(reading));

    assertThat(reason(reading.toBuilder().setCode(trip.getTickets(1).getCode()).build()))
        .isEqualTo("NONCE_REUSED");
  }

  @Test
  void refusesTheWrongSiteAndSomebodyElsesGate() {
    var ticket = ticketForToday();

    assertThat(reason(reading(ticket.getCode(), "wulong-furong-cave-g1"))).isEqualTo("WRONG_SITE");
    assertThat(reason(reading(ticket.getCode(), "nanchuan-jinfo-mountain-g1")))
        .isEqualTo("GATE_NOT_FOUND");
    assertThat(reason(reading(ticket.getCode(), "nowhere"))).isEqualTo("GATE_NOT_FOUND");
  }

  @Test
  void refusesTooEarlyAndTooLate() {
    var later = visit.confirmed(citizen, visit.twoDaySlot(3), 1).getTickets(0);
    assertThat(reason(reading(later.getCode(), Visit.GATE))).isEqualTo("TOO_EARLY");

    var today = ticketForToday();
    String gate = TestTokens.staff("gate", Visit.OPERATOR);
    clock.advance(Duration.ofDays(3));
    var failure =
        catchThrowable(
            () ->
                await(
                    TestCalls.as(checkIns, gate)
                        .redeemTicket(reading(today.getCode(), Visit.GATE))));
    // Tokens are judged by the same clock or by the machine's, as the platform decides.
    assertThat(TestCalls.reason(failure)).isIn("TOO_LATE", "UNAUTHENTICATED");
  }

  @Test
  void refusesATicketThatWasGivenBack() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(0), 1);
    var unused = await(visit.as(citizen).cancelTrip(cancel(trip)));

    assertThat(reason(reading(trip.getTickets(0).getCode(), Visit.GATE)))
        .isEqualTo("TICKET_CANCELLED");
  }

  @Test
  void aTripWithAUsedTicketIsNotGivenBack() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(0), 2);
    var unused = await(redeem(reading(trip.getTickets(1).getCode(), Visit.GATE)));

    var failure = catchThrowable(() -> await(visit.as(citizen).cancelTrip(cancel(trip))));

    assertThat(TestCalls.reason(failure)).isEqualTo("TICKET_REDEEMED");
    assertThat(visit.get(citizen, trip.getTripId()).getState()).isEqualTo(Trip.State.CONFIRMED);
    assertThat(visit.get(citizen, trip.getTripId()).getTickets(0).getState())
        .isEqualTo(Ticket.State.ISSUED);
  }

  @Test
  void refusesWhatIsNoCodeOrIsForged() {
    String code = ticketForToday().getCode();
    char changed = code.charAt(120) == 'A' ? 'B' : 'A';

    assertThat(reason(reading("hello", Visit.GATE))).isEqualTo("INVALID_CODE");
    assertThat(reason(reading(code.substring(0, 120) + changed + code.substring(121), Visit.GATE)))
        .isEqualTo("INVALID_CODE");
    assertThat(
            reason(
                reading(
                    citizenCodes.issue(CodeKind.TICKET, UUID.randomUUID(), clock.instant()),
                    Visit.GATE)))
        .isEqualTo("INVALID_CODE");
  }

  @Test
  void aFreshCityCodeLetsOneOfTheFamilyInEachTime() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(0), 2);
    var first = reading(citizenCodes.issue(citizen, clock.instant()), Visit.GATE);
    var second = reading(citizenCodes.issue(citizen, clock.instant()), Visit.GATE);
    var third = reading(citizenCodes.issue(citizen, clock.instant()), Visit.GATE);

    var opened = List.of(await(redeem(first)), await(redeem(second)));

    assertThat(opened)
        .extracting(CheckIn::getTicketId)
        .containsExactlyElementsOf(trip.getTicketIdsList());
    assertThat(await(redeem(first))).isEqualTo(opened.getFirst());
    assertThat(reason(third)).isEqualTo("NO_VALID_TICKET");
  }

  @Test
  void aCityCodeIsGoodOnceAndNotWhenOverOrRevoked() {
    var trip = visit.confirmed(citizen, visit.twoDaySlot(0), 3);
    assertThat(trip.getTicketsCount()).isEqualTo(3);
    String code = citizenCodes.issue(citizen, clock.instant());
    var unused = await(redeem(reading(code, Visit.GATE)));

    assertThat(reason(reading(code, Visit.SITE + "-g2"))).isEqualTo("ALREADY_REDEEMED");
    var old = citizenCodes.issue(citizen, clock.instant().minus(Duration.ofMinutes(2)));
    assertThat(reason(reading(old, Visit.GATE))).isEqualTo("CODE_EXPIRED");
    var lost = citizenCodes.issue(citizen, clock.instant().minusSeconds(20));
    citizenCodes.revoke(citizen, clock.instant().minusSeconds(10));
    assertThat(reason(reading(lost, Visit.GATE))).isEqualTo("CODE_EXPIRED");
  }

  @Test
  void theReadingOfAHolderIsOnTheCitizensRecordOnce() {
    var ticket = ticketForToday();
    var reading = reading(ticket.getCode(), Visit.GATE);
    var unused = await(redeem(reading));
    var again = await(redeem(reading));
    assertThat(again.getTicketId()).isEqualTo(ticket.getTicketId());

    var records =
        await(
                TestCalls.as(accessRecords, visit.token(citizen))
                    .listAccessRecords(ListAccessRecordsRequest.getDefaultInstance()))
            .getAccessRecordsList();

    assertThat(records)
        .extracting(AccessRecord::getResourceId)
        .containsExactly(ticket.getTicketId());
    assertThat(records).extracting(AccessRecord::getDataKind).containsExactly("ticket-holder");
  }

  @Test
  void saysWhichFieldIsMissing() {
    assertThat(reason(RedeemTicketRequest.getDefaultInstance())).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(reading("x", Visit.GATE).toBuilder().clearNonce().build()))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(reading("x".repeat(2001), Visit.GATE))).isEqualTo("INVALID_ARGUMENT");
  }

  private Ticket ticketForToday() {
    return visit.confirmed(citizen, visit.twoDaySlot(0), 1).getTickets(0);
  }

  private List<String> together(List<RedeemTicketRequest> readings) {
    return await(
        Uni.join()
            .all(
                readings.stream()
                    .map(
                        reading ->
                            redeem(reading)
                                .map(CheckIn::getCheckInId)
                                .onFailure()
                                .recoverWithItem(TestCalls::reason))
                    .toList())
            .andFailFast());
  }

  private Uni<CheckIn> redeem(RedeemTicketRequest reading) {
    return TestCalls.as(checkIns, TestTokens.staff("gate", Visit.OPERATOR)).redeemTicket(reading);
  }

  private String reason(RedeemTicketRequest reading) {
    return TestCalls.reason(failure(reading));
  }

  private Throwable failure(RedeemTicketRequest reading) {
    return catchThrowable(() -> await(redeem(reading)));
  }

  private static RedeemTicketRequest reading(String code, String gateId) {
    return RedeemTicketRequest.newBuilder()
        .setCode(code)
        .setGateId(gateId)
        .setNonce(UUID.randomUUID().toString())
        .build();
  }

  private static CancelTripRequest cancel(Trip trip) {
    return CancelTripRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setTripId(trip.getTripId())
        .build();
  }
}
