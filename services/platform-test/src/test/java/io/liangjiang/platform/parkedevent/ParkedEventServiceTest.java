package io.liangjiang.platform.parkedevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.DropParkedEventRequest;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.ListParkedEventDecisionsRequest;
import io.liangjiang.platform.v1.ListParkedEventsRequest;
import io.liangjiang.platform.v1.ParkedEvent;
import io.liangjiang.platform.v1.ParkedEvent.State;
import io.liangjiang.platform.v1.ParkedEventDecision;
import io.liangjiang.platform.v1.ParkedEventDecision.Kind;
import io.liangjiang.platform.v1.ParkedEventDecision.Outcome;
import io.liangjiang.platform.v1.ParkedEventService;
import io.liangjiang.platform.v1.ReplayParkedEventRequest;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see and decide over the wire, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ParkedEventServiceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Instant BEGIN = Instant.parse("2026-03-01T08:00:00.123456Z");

  @GrpcClient("self")
  ParkedEventService self;

  @Inject Database database;

  @ConfigProperty(name = "quarkus.application.name")
  String service;

  private final UUID event = UUID.randomUUID();
  private ParkedEventService admin;

  @BeforeEach
  void putOneAside() {
    admin = TestCalls.as(self, TestTokens.staff("admin", ""));
    run("truncate parked_event, parked_event_decision", Tuple.tuple());
    park("payments", event, BEGIN);
  }

  @Test
  void showsWhatWaitsAndWhy() {
    ParkedEvent parked = list(false).getFirst();

    assertThat(parked.getEventId()).isEqualTo(event.toString());
    assertThat(parked.getConsumerGroup()).isEqualTo("payments");
    assertThat(parked.getEventType()).isEqualTo("payments.PaymentOrderSucceeded");
    assertThat(parked.getEventSubject()).isEqualTo("order of " + event);
    assertThat(ProtoTime.instant(parked.getEventTime())).isEqualTo(BEGIN.minusSeconds(60));
    assertThat(ProtoTime.instant(parked.getParkTime())).isEqualTo(BEGIN);
    assertThat(parked.getFailure()).isEqualTo("it failed");
    assertThat(parked.getState()).isEqualTo(State.PARKED);
    assertThat(parked.hasEndTime()).isFalse();
  }

  @Test
  void keepsWhoDecidedToReplayAndWhy() {
    var decision = replay(event, "mended").getFirst();

    assertThat(decision.getEventId()).isEqualTo(event.toString());
    assertThat(decision.getKind()).isEqualTo(Kind.REPLAY);
    assertThat(decision.getOperator()).isEqualTo("staff-admin");
    assertThat(decision.getReason()).isEqualTo("mended");
    assertThat(decision.getOutcome()).isEqualTo(Outcome.OUTCOME_UNSPECIFIED);
    assertThat(decision.hasOutcomeTime()).isFalse();
    assertThat(decisions("")).containsExactly(decision);
    assertThat(list(false)).extracting(ParkedEvent::getState).containsExactly(State.REPLAYING);
    refused("REPLAY_UNDER_WAY", () -> replay(event, "once more"));
    refused("REPLAY_UNDER_WAY", () -> drop(event, "rather not"));
  }

  @Test
  void waitsForAnotherDecisionAfterAReplayThatFailed() {
    replay(event, "mended");
    run(
        "update parked_event_decision set outcome = 'FAILED', outcome_time = now(), failure = $1",
        Tuple.of("still broken"));

    assertThat(list(false)).extracting(ParkedEvent::getState).containsExactly(State.PARKED);
    assertThat(decisions("").getFirst().getOutcome()).isEqualTo(Outcome.FAILED);
    assertThat(decisions("").getFirst().getFailure()).isEqualTo("still broken");
    replay(event, "really mended");
    assertThat(list(false)).extracting(ParkedEvent::getState).containsExactly(State.REPLAYING);
    assertThat(decisions(event.toString()))
        .extracting(ParkedEventDecision::getReason)
        .containsExactly("really mended", "mended");
  }

  @Test
  void dropsForEver() {
    var decision = drop(event, "refunded by hand").getFirst();

    assertThat(decision.getKind()).isEqualTo(Kind.DROP);
    assertThat(decision.getOutcome()).isEqualTo(Outcome.DROPPED);
    assertThat(list(false)).isEmpty();
    ParkedEvent over = list(true).getFirst();
    assertThat(over.getState()).isEqualTo(State.DROPPED);
    assertThat(over.getEndTime()).isEqualTo(decision.getOutcomeTime());
    refused("PARKED_EVENT_OVER", () -> replay(event, "after all"));
    refused("PARKED_EVENT_OVER", () -> drop(event, "once more"));
  }

  @Test
  void decidesForEveryGroupThatParkedIt() {
    park("statistics", event, BEGIN);

    assertThat(list(false))
        .extracting(ParkedEvent::getConsumerGroup)
        .containsExactly("payments", "statistics");
    assertThat(drop(event, "refunded by hand"))
        .extracting(ParkedEventDecision::getConsumerGroup)
        .containsExactlyInAnyOrder("payments", "statistics");
  }

  @Test
  void decidesOnceHoweverOftenItIsAsked() {
    var request = dropping(event, "refunded by hand").build();

    var first = await(admin.dropParkedEvent(request));
    assertThat(await(admin.dropParkedEvent(request))).isEqualTo(first);
    assertThat(decisions("")).hasSize(1);
    refused(
        "REQUEST_ID_REUSED",
        () -> await(admin.dropParkedEvent(request.toBuilder().setReason("other").build())));
  }

  @Test
  void listsInTheOrderOfParkingPageByPage() {
    List<UUID> ids = new ArrayList<>(List.of(event));
    for (int i = 1; i < 5; i++) {
      UUID id = UUID.randomUUID();
      park("payments", id, BEGIN.plusNanos(1_000L * i));
      ids.add(id);
    }
    drop(ids.get(1), "by hand");
    drop(ids.get(3), "by hand");

    assertThat(pages(false)).containsExactly(id(ids, 0), id(ids, 2), id(ids, 4));
    assertThat(pages(true)).containsExactlyElementsOf(ids.stream().map(UUID::toString).toList());
    var first = await(admin.listParkedEventDecisions(wantedDecisions("").setPageSize(1).build()));
    var second =
        await(
            admin.listParkedEventDecisions(
                wantedDecisions("").setPageSize(1).setPageToken(first.getNextPageToken()).build()));
    assertThat(first.getDecisions(0).getEventId()).isEqualTo(id(ids, 3));
    assertThat(second.getDecisions(0).getEventId()).isEqualTo(id(ids, 1));
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void knowsNoEventsThatWereNotPutAside() {
    refused("PARKED_EVENT_NOT_FOUND", () -> replay(UUID.randomUUID(), "try"));
    refused("PARKED_EVENT_NOT_FOUND", () -> drop(UUID.randomUUID(), "try"));
    assertThat(decisions(UUID.randomUUID().toString())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines", "x"})
  void wantsAReasonOfBoundedLength(String reason) {
    String given = reason.equals("x") ? "x".repeat(501) : reason;

    refused("INVALID_ARGUMENT", () -> drop(event, given));
    refused("INVALID_ARGUMENT", () -> replay(event, given));
    assertThat(list(false)).extracting(ParkedEvent::getState).containsExactly(State.PARKED);
    drop(event, "险".repeat(500));
  }

  @Test
  void takesNoDecisionThatIsMeantForAnotherService() {
    refused(
        "INVALID_ARGUMENT",
        () -> await(admin.dropParkedEvent(dropping(event, "by hand").setService("other").build())));
    refused(
        "INVALID_ARGUMENT",
        () -> await(admin.listParkedEvents(ListParkedEventsRequest.getDefaultInstance())));
    assertThat(list(false)).hasSize(1);
  }

  @Test
  void auditorsLookAndDecideNothing() {
    var auditor = TestCalls.as(self, TestTokens.staff("auditor", ""));

    assertThat(await(auditor.listParkedEvents(wanted(false).build())).getParkedEventsCount())
        .isEqualTo(1);
    refused(
        "PERMISSION_DENIED",
        () -> await(auditor.dropParkedEvent(dropping(event, "by hand").build())));
  }

  private static String id(List<UUID> ids, int index) {
    return ids.get(index).toString();
  }

  private List<String> pages(boolean includeOver) {
    var found = new ArrayList<String>();
    String token = "";
    do {
      var page =
          await(
              admin.listParkedEvents(
                  wanted(includeOver).setPageSize(2).setPageToken(token).build()));
      page.getParkedEventsList().forEach(each -> found.add(each.getEventId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return found;
  }

  private List<ParkedEvent> list(boolean includeOver) {
    return await(admin.listParkedEvents(wanted(includeOver).build())).getParkedEventsList();
  }

  private ListParkedEventsRequest.Builder wanted(boolean includeOver) {
    return ListParkedEventsRequest.newBuilder().setService(service).setIncludeOver(includeOver);
  }

  private List<ParkedEventDecision> decisions(String eventId) {
    return await(admin.listParkedEventDecisions(wantedDecisions(eventId).build()))
        .getDecisionsList();
  }

  private ListParkedEventDecisionsRequest.Builder wantedDecisions(String eventId) {
    return ListParkedEventDecisionsRequest.newBuilder().setService(service).setEventId(eventId);
  }

  private List<ParkedEventDecision> replay(UUID id, String reason) {
    return await(
            admin.replayParkedEvent(
                ReplayParkedEventRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setService(service)
                    .setEventId(id.toString())
                    .setReason(reason)
                    .build()))
        .getDecisionsList();
  }

  private List<ParkedEventDecision> drop(UUID id, String reason) {
    return await(admin.dropParkedEvent(dropping(id, reason).build())).getDecisionsList();
  }

  private DropParkedEventRequest.Builder dropping(UUID id, String reason) {
    return DropParkedEventRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setService(service)
        .setEventId(id.toString())
        .setReason(reason);
  }

  private void park(String group, UUID id, Instant time) {
    var parked =
        Event.newBuilder()
            .setEventId(id.toString())
            .setType("payments.PaymentOrderSucceeded")
            .setSubject("order of " + id)
            .setEventTime(ProtoTime.timestamp(time.minusSeconds(60)))
            .build();
    run(
        """
        insert into parked_event (consumer_group, event_id, event, failure, park_time)
        values ($1, $2, $3, 'it failed', $4)
        """,
        Tuple.of(group, id, Buffer.buffer(parked.toByteArray()), ProtoTime.database(time)));
  }

  private void run(String sql, Tuple values) {
    await(database.client().preparedQuery(sql).execute(values));
  }

  private static void refused(String reason, Runnable call) {
    assertThat(TestCalls.reason(catchThrowable(call::run))).isEqualTo(reason);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }
}
