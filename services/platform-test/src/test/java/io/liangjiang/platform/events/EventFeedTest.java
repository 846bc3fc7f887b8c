package io.liangjiang.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Timestamp;
import io.liangjiang.platform.calls.StreamedCalls;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.sweep.SweepLog;
import io.liangjiang.platform.test.CapturedLog;
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
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox, its feed over gRPC, and consumers, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class EventFeedTest {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @GrpcClient("self")
  EventFeedService self;

  @Inject Outbox outbox;
  @Inject MutableClock clock;
  @Inject Database database;
  @Inject Vertx vertx;
  @Inject MeterRegistry meters;

  private final String type = "test." + UUID.randomUUID();
  private final String group = UUID.randomUUID().toString();
  private EventFeedService feed;

  @BeforeEach
  void makeTable() {
    feed = TestCalls.as(self, TestTokens.service("tourism"));
    await(
        database
            .client()
            .query("create table if not exists seen (consumer text, subject text)")
            .execute());
  }

  @Test
  void streamsWhatIsThereAndWhatFollows() {
    append("1");
    append("2");
    var subscription =
        feed.subscribe(from("")).select().first(4).collect().asList().subscribeAsCompletionStage();
    append("3");
    append("4");

    var events = subscription.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();

    assertThat(events).extracting(Event::getSubject).containsExactly("1", "2", "3", "4");
    assertThat(events).extracting(Event::getType).containsOnly(type);
  }

  @Test
  void endsForWhoeverListensNoMore() throws InterruptedException {
    append("1");

    var first = StreamedCalls.endingWithItsListener(() -> feed.subscribe(from(""))).toUni();

    assertThat(await(first).getSubject()).isEqualTo("1");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!endedByTheCaller() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    assertThat(endedByTheCaller()).isTrue();
  }

  private boolean endedByTheCaller() {
    return meters
        .find("grpc.server.processing.duration")
        .tags("method", "Subscribe", "statusCode", "CANCELLED")
        .timers()
        .stream()
        .anyMatch(timer -> timer.count() > 0);
  }

  @Test
  void beginsAtATimeWhenThereIsNoCursor() {
    append("before");
    clock.advance(Duration.ofHours(1));
    var start = ProtoTime.timestamp(clock.instant().minus(Duration.ofMinutes(30)));
    append("after");
    clock.reset();

    var request = SubscribeRequest.newBuilder().addTypes(type).setStartTime(start).build();
    var first = feed.subscribe(request).select().first().toUni();

    assertThat(await(first).getSubject()).isEqualTo("after");
  }

  @Test
  void refusesCursorAndTimeTogether() {
    append("1");
    var both =
        SubscribeRequest.newBuilder()
            .setCursor(read("", 1).getFirst().getCursor())
            .setStartTime(Timestamp.newBuilder().setSeconds(1))
            .build();

    var refusal = catchThrowable(() -> await(feed.subscribe(both).toUni()));

    assertThat(TestCalls.reason(refusal)).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void goesOnAfterTheCursor() {
    IntStream.rangeClosed(1, 5).forEach(i -> append(String.valueOf(i)));
    var firstTwo = read("", 2);

    var rest = read(firstTwo.getLast().getCursor(), 3);

    assertThat(rest).extracting(Event::getSubject).containsExactly("3", "4", "5");
  }

  @Test
  void rolledBackEventNeverShows() {
    var failing =
        database.inTransaction(
            tx ->
                outbox
                    .append(tx, type, "never", Money.getDefaultInstance())
                    .chain(
                        () -> Uni.createFrom().failure(new IllegalStateException("rolled back"))));
    assertThat(catchThrowable(() -> await(failing))).hasMessage("rolled back");
    append("1");

    assertThat(read("", 1)).extracting(Event::getSubject).containsExactly("1");
  }

  @Test
  void eventOfATransactionThatCommitsLateIsNotPassedOver() {
    var begun = new CountDownLatch(1);
    var mayCommit = new java.util.concurrent.CompletableFuture<Void>();
    var slow =
        database
            .inTransaction(
                tx ->
                    outbox
                        .append(tx, type, "slow", Money.getDefaultInstance())
                        .invoke(begun::countDown)
                        .chain(() -> Uni.createFrom().completionStage(mayCommit)))
            .subscribeAsCompletionStage();
    awaitLatch(begun);
    append("quick");
    var both =
        feed.subscribe(from("")).select().first(2).collect().asList().subscribeAsCompletionStage();

    mayCommit.complete(null);
    slow.join();

    assertThat(both.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
        .extracting(Event::getSubject)
        .containsExactlyInAnyOrder("slow", "quick");
  }

  @Test
  void consumerAppliesEachEventOnceThoughTwoAreRunning() {
    int count = 50;
    var done = new CountDownLatch(count);
    var one = consumer(done, new AtomicInteger());
    var two = consumer(done, new AtomicInteger());
    one.start();
    two.start();
    IntStream.range(0, count).forEach(i -> append(String.valueOf(i)));

    awaitLatch(done);
    awaitSeen(count);
    one.stop();
    two.stop();

    assertThat(seen()).isEqualTo(count);
  }

  @Test
  void failingEffectIsTriedAgainAndHappensOnce() {
    var done = new CountDownLatch(2);
    var consumer = consumer(done, new AtomicInteger(2));
    consumer.start();
    append("a");
    append("b");

    awaitLatch(done);
    awaitSeen(2);
    consumer.stop();

    assertThat(seen()).isEqualTo(2);
  }

  @Test
  void tellsOnceThatAGroupHasLostItsDatabase() {
    var done = new CountDownLatch(1);
    var consumer = consumer(done, new AtomicInteger(3), new ConnectException("refused"));
    append("a");

    try (var log = CapturedLog.of(SweepLog.class.getName())) {
      consumer.start();
      awaitLatch(done);
      awaitSeen(1);
      consumer.stop();

      String ours = "group " + group;
      assertThat(log.lines().stream().filter(line -> line.contains(ours)))
          .startsWith("WARN " + ours + " waits for what is away: refused")
          .endsWith("INFO " + ours + " goes on: what was away is back");
      assertThat(log.traces()).isZero();
    }
  }

  @Test
  void onlyServicesSubscribeAndOnlyWithRealCursors() {
    var citizen = TestCalls.as(self, TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE));

    assertThat(reasonOf(citizen.subscribe(from("")))).isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(feed.subscribe(from("x")))).isEqualTo("INVALID_CURSOR");
    assertThat(
            reasonOf(TestCalls.as(self, TestTokens.expired(UUID.randomUUID())).subscribe(from(""))))
        .isEqualTo("UNAUTHENTICATED");
    assertThat(
            reasonOf(TestCalls.as(self, TestTokens.forged(UUID.randomUUID())).subscribe(from(""))))
        .isEqualTo("UNAUTHENTICATED");
  }

  private EventConsumer consumer(CountDownLatch done, AtomicInteger failures) {
    return consumer(done, failures, new IllegalStateException("again"));
  }

  private EventConsumer consumer(CountDownLatch done, AtomicInteger failures, Exception failure) {
    EventHandler handler =
        (tx, event) ->
            note(tx, event.getSubject())
                .chain(
                    () ->
                        failures.getAndDecrement() > 0
                            ? Uni.createFrom().<Void>failure(failure)
                            : Uni.createFrom().voidItem())
                .invoke(done::countDown);
    return new EventConsumer(
        database,
        vertx,
        new Subscription(group, feed, List.of(type), handler),
        new EventMeters.Following(),
        new SweepLog());
  }

  private Uni<Void> note(SqlConnection tx, String subject) {
    return tx.preparedQuery("insert into seen values ($1, $2)")
        .execute(Tuple.of(group, subject))
        .replaceWithVoid();
  }

  private long seen() {
    return await(countSeen());
  }

  private Uni<Long> countSeen() {
    return database
        .client()
        .preparedQuery("select count(*) from seen where consumer = $1")
        .execute(Tuple.of(group))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** The last handler has run before its transaction commits. */
  private void awaitSeen(long count) {
    var looks = countSeen().repeat().withDelay(LOOK_AGAIN).until(seen -> seen >= count);
    await(looks.collect().last());
  }

  private void append(String subject) {
    await(
        database.inTransaction(tx -> outbox.append(tx, type, subject, Money.getDefaultInstance())));
  }

  private List<Event> read(String cursor, int count) {
    return feed.subscribe(from(cursor))
        .select()
        .first(count)
        .collect()
        .asList()
        .await()
        .atMost(LIMIT);
  }

  private SubscribeRequest from(String cursor) {
    return SubscribeRequest.newBuilder().setCursor(cursor).addTypes(type).build();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(LIMIT);
  }

  private static String reasonOf(Multi<?> stream) {
    return TestCalls.reason(catchThrowable(() -> stream.collect().first().await().atMost(LIMIT)));
  }
}
