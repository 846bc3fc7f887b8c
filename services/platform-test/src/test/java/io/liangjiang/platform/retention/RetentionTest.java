package io.liangjiang.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What grows too old, on a real PostgreSQL: it goes, and nobody misses it in silence. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class RetentionTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration KEPT = Duration.ofDays(35);
  private static final Duration LONG_AGO = KEPT.plusDays(1);
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('liangjiang.retention', 0))";
  private static final String DELETE_AND_NOTE =
      """
      with gone as (delete from outbox_event where event_type = $1 and subject = '2' returning *)
      insert into outbox_horizon select event_type, transaction_id, event_seq, event_time from gone
      """;
  private static final String BY_INDEX =
      "select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)";
  private static final String EXPLAIN =
      """
      explain (format json) select caller, request_id from idempotency_record
      where create_time < now() - interval '35 days' order by create_time limit 1000
      """;

  @GrpcClient("self")
  EventFeedService self;

  @Inject Retention retention;
  @Inject Outbox outbox;
  @Inject Idempotency idempotency;
  @Inject Database database;
  @Inject MutableClock clock;
  @Inject MeterRegistry meters;

  private final String type = "test." + UUID.randomUUID();
  private final String rare = type + "-rare";
  private final Caller caller =
      new Caller(
          UUID.randomUUID().toString(),
          Set.of(Caller.CITIZEN),
          AssuranceLevel.BASIC,
          null,
          null,
          "s",
          "t");
  private EventFeedService feed;

  @BeforeEach
  void begin() {
    feed = TestCalls.as(self, TestTokens.service("tourism"));
  }

  @AfterEach
  void giveTheClockBack() {
    clock.reset();
  }

  @Test
  void deletesEventsThatAreTooOldAndNoOthers() {
    appendAgo(KEPT.plusHours(1), type, "old");
    appendAgo(KEPT.minusHours(1), type, "young");
    double before = deleted("event");

    sweep();

    assertThat(read(from("", type), 1)).extracting(Event::getSubject).containsExactly("young");
    assertThat(deleted("event") - before).isGreaterThanOrEqualTo(1);
    sweep();
    assertThat(read(from("", type), 1)).extracting(Event::getSubject).containsExactly("young");
  }

  @Test
  void refusesACursorAfterWhichSomethingWasDeleted() {
    appendAgo(LONG_AGO, type, "1");
    appendAgo(LONG_AGO, type, "2");
    append(type, "3");
    List<Event> all = read(from("", type), 3);
    append(type, "4");
    sweep();

    assertThat(reason(from(all.getFirst().getCursor(), type))).isEqualTo("EVENTS_DELETED");
    assertThat(reason(from(all.getFirst().getCursor()))).isEqualTo("EVENTS_DELETED");
    assertThat(read(from(all.get(1).getCursor(), type), 2))
        .extracting(Event::getSubject)
        .containsExactly("3", "4");
    assertThat(read(from("", type), 1)).extracting(Event::getSubject).containsExactly("3");
  }

  @Test
  void anOldCursorOfARareTypeHasMissedNothing() {
    appendAgo(LONG_AGO, rare, "once");
    String cursor = read(from("", rare), 1).getFirst().getCursor();
    appendAgo(LONG_AGO, type, "often");
    sweep();
    append(rare, "again");

    assertThat(read(from(cursor, rare), 1)).extracting(Event::getSubject).containsExactly("again");
    assertThat(reason(from(cursor, rare, type))).isEqualTo("EVENTS_DELETED");
  }

  @Test
  void refusesATimeSinceWhichSomethingWasDeleted() {
    appendAgo(LONG_AGO, type, "old");
    append(type, "young");
    sweep();
    var since = SubscribeRequest.newBuilder().addTypes(type);
    var before = clock.instant().minus(LONG_AGO).minusSeconds(60);
    var after = clock.instant().minus(LONG_AGO).plusSeconds(3_600);

    assertThat(reason(since.setStartTime(ProtoTime.timestamp(before)).build()))
        .isEqualTo("EVENTS_DELETED");
    assertThat(read(since.setStartTime(ProtoTime.timestamp(after)).build(), 1))
        .extracting(Event::getSubject)
        .containsExactly("young");
  }

  /** What came and went between two looks of a reader. */
  @Test
  void tellsAReaderThatTheSweepOvertook() {
    append(type, "1");
    String cursor = read(from("", type), 1).getFirst().getCursor();
    var waiting = feed.subscribe(from(cursor, type)).collect().first().subscribeAsCompletionStage();

    await(
        database.inTransaction(
            tx ->
                outbox
                    .append(tx, type, "2", Money.getDefaultInstance())
                    .chain(() -> tx.preparedQuery(DELETE_AND_NOTE).execute(Tuple.of(type)))
                    .chain(() -> outbox.append(tx, type, "3", Money.getDefaultInstance()))));

    assertThat(TestCalls.reason(catchThrowable(() -> join(waiting)))).isEqualTo("EVENTS_DELETED");
  }

  @Test
  void forgetsRequestsThatNobodySendsAnyMore() {
    String requestId = UUID.randomUUID().toString();
    await(once(requestId, 7));
    age(requestId, KEPT.minusHours(1));
    sweep();
    assertThat(catchThrowable(() -> await(once(requestId, 8))))
        .isInstanceOf(ServiceException.class);

    age(requestId, Duration.ofHours(2));
    double before = deleted("request");
    sweep();

    assertThat(deleted("request") - before).isEqualTo(1);
    assertThat(await(once(requestId, 8))).isEqualTo(amount(8));
  }

  @Test
  void goesOnInBatches() {
    int count = 2 * Retention.BATCH + 10;
    fill(count);
    double before = deleted("request");
    sweep();
    assertThat(deleted("request") - before).isEqualTo(count);
    assertThat(remembered()).isZero();
  }

  @Test
  void leavesTheWorkToTheReplicaThatHasTheLock() {
    fill(3);
    var locked = new CompletableFuture<Void>();
    var mayEnd = new CompletableFuture<Void>();
    var other =
        database
            .inTransaction(
                tx ->
                    tx.query(LOCK)
                        .execute()
                        .invoke(() -> locked.complete(null))
                        .chain(() -> Uni.createFrom().completionStage(mayEnd)))
            .subscribeAsCompletionStage();
    join(locked);
    sweep();
    assertThat(remembered()).isEqualTo(3);

    mayEnd.complete(null);
    join(other);
    sweep();
    assertThat(remembered()).isZero();
  }

  @Test
  void findsWhatIsOldByAnIndex() {
    String plan =
        await(
            database.inTransaction(
                tx ->
                    tx.query(BY_INDEX)
                        .execute()
                        .chain(() -> tx.query(EXPLAIN).execute())
                        .map(rows -> rows.iterator().next().getValue(0).toString())));
    assertThat(plan).contains("idempotency_record_by_time").doesNotContain("\"Sort\"");
  }

  private void sweep() {
    await(retention.sweep());
  }

  private double deleted(String kind) {
    return meters.counter("liangjiang.retention.deleted", "kind", kind).count();
  }

  /** Lets the request have been sent so much earlier. */
  private void age(String requestId, Duration by) {
    await(
        database
            .client()
            .preparedQuery(
                "update idempotency_record set create_time = create_time - make_interval(secs =>"
                    + " $2) where request_id = $1")
            .execute(Tuple.of(UUID.fromString(requestId), (double) by.toSeconds())));
  }

  /** Requests of long ago. */
  private void fill(int count) {
    await(
        database
            .client()
            .preparedQuery(
                """
                insert into idempotency_record
                  (caller, request_id, request_type, request_sha256, create_time)
                select $1, gen_random_uuid(), 'test', sha256(''), now() - interval '36 days'
                from generate_series(1, $2::int)
                """)
            .execute(Tuple.of(caller.subject(), count)));
  }

  private long remembered() {
    return await(
        database
            .client()
            .preparedQuery("select count(*) from idempotency_record where caller = $1")
            .execute(Tuple.of(caller.subject()))
            .map(rows -> rows.iterator().next().getLong(0)));
  }

  private Uni<Money> once(String requestId, long fen) {
    return idempotency.once(
        caller,
        requestId,
        amount(fen),
        Money.getDefaultInstance(),
        tx -> Uni.createFrom().item(amount(fen)));
  }

  private static Money amount(long fen) {
    return Money.newBuilder().setAmountMinor(fen).setCurrencyCode("CNY").build();
  }

  private void append(String eventType, String subject) {
    await(
        database.inTransaction(
            tx -> outbox.append(tx, eventType, subject, Money.getDefaultInstance())));
  }

  private void appendAgo(Duration ago, String eventType, String subject) {
    clock.advance(ago.negated());
    append(eventType, subject);
    clock.reset();
  }

  private static SubscribeRequest from(String cursor, String... types) {
    return SubscribeRequest.newBuilder().setCursor(cursor).addAllTypes(List.of(types)).build();
  }

  private List<Event> read(SubscribeRequest request, int count) {
    return await(feed.subscribe(request).select().first(count).collect().asList());
  }

  private String reason(SubscribeRequest request) {
    return TestCalls.reason(catchThrowable(() -> await(feed.subscribe(request).collect().first())));
  }

  private static <T> T join(CompletionStage<T> work) {
    try {
      return work.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(LIMIT);
  }
}
