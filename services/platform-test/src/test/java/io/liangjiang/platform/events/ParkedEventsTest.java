package io.liangjiang.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators decide about events that were put aside, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ParkedEventsTest {
  private static final EventFeedService NO_FEED = null;

  @Inject Database database;

  private final String group = UUID.randomUUID().toString();
  private final UUID event = UUID.randomUUID();
  private boolean broken;

  @BeforeEach
  void putOneAside() {
    run("create table if not exists applied (consumer text, subject text)");
    park(event, "order 1");
  }

  @Test
  void doesNothingThatNobodyDecided() {
    replay();

    assertThat(applied()).isEmpty();
    assertThat(isOver()).isFalse();
  }

  @Test
  void replaysWhatAnOperatorWantsAndKeepsWhoAndWhy() {
    assertThat(decide("replay", "wang.li", "the site is there now")).hasSize(1);
    replay();
    replay();

    assertThat(applied()).containsExactly("order 1");
    assertThat(isOver()).isTrue();
    Row decision = decisions().getFirst();
    assertThat(decision.getString("decision")).isEqualTo("REPLAY");
    assertThat(decision.getString("operator")).isEqualTo("wang.li");
    assertThat(decision.getString("reason")).isEqualTo("the site is there now");
    assertThat(decision.getString("database_account")).isNotEmpty();
    assertThat(decision.getString("outcome")).isEqualTo("REPLAYED");
    assertThat(decide("replay", "wang.li", "once more")).isEmpty();
    assertThat(decide("drop", "wang.li", "once more")).isEmpty();
  }

  @Test
  void aReplayThatFailsHasNoEffectAndMayBeDecidedAgain() {
    broken = true;
    decide("replay", "wang.li", "try");
    replay();
    assertThat(applied()).isEmpty();
    assertThat(isOver()).isFalse();
    assertThat(decisions().getFirst().getString("outcome")).isEqualTo("FAILED");
    assertThat(decisions().getFirst().getString("failure")).contains("still broken");

    broken = false;
    replay();
    assertThat(applied()).isEmpty();
    decide("replay", "wang.li", "mended");
    replay();

    assertThat(applied()).containsExactly("order 1");
    assertThat(decisions()).extracting(row -> row.getString("outcome")).contains("REPLAYED");
  }

  @Test
  void oneThatFailsHoldsNobodyUp() {
    UUID other = UUID.randomUUID();
    park(other, "order 2");
    decide("replay", "wang.li", "try");
    decide(other, "replay", "wang.li", "try");
    broken = true;

    replay();

    assertThat(decisions()).hasSize(2).allMatch(row -> "FAILED".equals(row.getString("outcome")));
  }

  @Test
  void dropsWithAReasonAndNeverApplies() {
    assertThat(decide("drop", "wang.li", "refunded by hand")).hasSize(1);
    replay();

    assertThat(applied()).isEmpty();
    assertThat(isOver()).isTrue();
    assertThat(decisions().getFirst().getString("outcome")).isEqualTo("DROPPED");
    assertThat(decisions().getFirst().getString("reason")).isEqualTo("refunded by hand");
  }

  @Test
  void refusesADecisionWithoutAReasonOrAName() {
    assertThat(catchThrowable(() -> decide("drop", "wang.li", ""))).isNotNull();
    assertThat(catchThrowable(() -> decide("replay", "", "why"))).isNotNull();
    assertThat(isOver()).isFalse();
  }

  @Test
  void isDecidedOnceAtATime() {
    decide("replay", "wang.li", "try");

    assertThat(catchThrowable(() -> decide("replay", "chen.yu", "try too"))).isNotNull();
    assertThat(decide("drop", "chen.yu", "no")).isEmpty();
  }

  /** Found by reading: the drop looked for the other decision before it was committed. */
  @Test
  void aDropWaitsForAReplayThatIsBeingDecided() {
    var replaying = database.pool().getConnection().await().indefinitely();
    var replay = replaying.begin().await().indefinitely();
    String sql = "select * from replay_parked_event($1, 'wang.li', 'try')";
    replaying.preparedQuery(sql).execute(Tuple.of(event)).await().indefinitely();

    var drop = CompletableFuture.supplyAsync(() -> decide("drop", "chen.yu", "put right by hand"));
    untilSomebodyWaitsForALock();
    replay.commit().chain(replaying::close).await().indefinitely();

    assertThat(drop.orTimeout(60, TimeUnit.SECONDS).join()).isEmpty();
    assertThat(isOver()).isFalse();
    assertThat(decisions()).extracting(row -> row.getString("decision")).containsExactly("REPLAY");
  }

  private void untilSomebodyWaitsForALock() {
    String sql =
        """
        select count(*) from pg_stat_activity
        where wait_event_type = 'Lock' and query like '%drop_parked_event%'
        """;
    Uni.createFrom()
        .deferred(() -> Uni.createFrom().item(run(sql).getFirst().getLong(0)))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .repeat()
        .withDelay(Duration.ofMillis(20))
        .until(waiting -> waiting > 0)
        .collect()
        .last()
        .await()
        .atMost(Duration.ofSeconds(60));
  }

  @Test
  void twoReplicasApplyItOnce() {
    decide("replay", "wang.li", "try");

    Uni.join().all(parked().replay(), parked().replay()).andFailFast().await().indefinitely();

    assertThat(applied()).containsExactly("order 1");
  }

  private ParkedEvents parked() {
    return new ParkedEvents(database, new Subscription(group, NO_FEED, List.of(), this::effect));
  }

  private void replay() {
    parked().replay().await().indefinitely();
  }

  private Uni<Void> effect(SqlConnection tx, Event applied) {
    return tx.preparedQuery("insert into applied values ($1, $2)")
        .execute(Tuple.of(group, applied.getSubject()))
        .invoke(
            done -> {
              if (broken) {
                throw new IllegalStateException("still broken");
              }
            })
        .replaceWithVoid();
  }

  private void park(UUID id, String subject) {
    Event kept = Event.newBuilder().setEventId(id.toString()).setSubject(subject).build();
    run(
        """
        insert into parked_event (consumer_group, event_id, event, failure)
        values ($1, $2, $3, 'it failed')
        """,
        group,
        id,
        Buffer.buffer(kept.toByteArray()));
  }

  private List<Row> decide(String what, String operator, String reason) {
    return decide(event, what, operator, reason);
  }

  private List<Row> decide(UUID of, String what, String operator, String reason) {
    return run("select * from " + what + "_parked_event($1, $2, $3)", of, operator, reason);
  }

  private List<Row> decisions() {
    return run("select * from parked_event_decision where consumer_group = $1", group);
  }

  private boolean isOver() {
    String sql = "select end_time is not null from parked_event where event_id = $1";
    return run(sql, event).getFirst().getBoolean(0);
  }

  private List<String> applied() {
    return run("select subject from applied where consumer = $1", group).stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<Row> run(String sql, Object... values) {
    RowSet<Row> rows =
        database
            .client()
            .preparedQuery(sql)
            .execute(Tuple.from(new ArrayList<>(List.of(values))))
            .await()
            .indefinitely();
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }
}
