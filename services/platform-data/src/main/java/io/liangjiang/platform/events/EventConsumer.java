package io.liangjiang.platform.events;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.liangjiang.platform.calls.StreamedCalls;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.sweep.SweepLog;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One group's reading of one feed. Holds an advisory lock on a connection of its own so that one
 * replica is active; the cursor moves only from where this consumer believes it to be, so a replica
 * that lost its lock unawares cannot apply anything twice.
 */
final class EventConsumer {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  private static final Duration STANDBY = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 8;
  private static final int MAX_FAILURE_TEXT = 1_000;

  private static final String LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0))";
  private static final String UNLOCK = "select pg_advisory_unlock_all()";
  private static final String POSITION =
      "select position from event_cursor where consumer_group = $1";
  private static final String BEGIN =
      "insert into event_cursor (consumer_group, position) values ($1, '') on conflict do nothing";
  private static final String MOVE =
      """
      update event_cursor set position = $3, update_time = now()
      where consumer_group = $1 and position = $2
      """;
  private static final String PARK =
      """
      insert into parked_event (consumer_group, event_id, event, failure)
      values ($1, $2, $3, $4) on conflict do nothing
      """;

  private final Database database;
  private final Vertx vertx;
  private final Context context;
  private final Subscription subscription;
  private final EventMeters.Following following;
  private final SweepLog log;
  private final AtomicReference<String> position = new AtomicReference<>("");
  private volatile boolean stopped;
  private volatile @Nullable Cancellable current;
  private Duration pause = FIRST_PAUSE;

  EventConsumer(
      Database database,
      Vertx vertx,
      Subscription subscription,
      EventMeters.Following following,
      SweepLog log) {
    this.database = database;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.subscription = subscription;
    this.following = following;
    this.log = log;
  }

  void start() {
    context.runOnContext(nothing -> run());
  }

  void stop() {
    stopped = true;
    var running = current;
    if (running != null) {
      running.cancel();
    }
  }

  private void run() {
    if (stopped) {
      return;
    }
    current =
        database
            .pool()
            .getConnection()
            .chain(this::lockAndConsume)
            .subscribe()
            .with(wasActive -> again(wasActive ? FIRST_PAUSE : STANDBY), this::failed);
  }

  private Uni<Boolean> lockAndConsume(SqlConnection connection) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(subscription.group()))
        .invoke(() -> log.succeeded(name()))
        .chain(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? consume().replaceWith(true).eventually(() -> ended(connection))
                    : Uni.createFrom().item(false))
        .eventually(connection::close);
  }

  private Uni<Void> ended(SqlConnection connection) {
    following.ends();
    return unlock(connection);
  }

  private static Uni<Void> unlock(SqlConnection connection) {
    return connection.query(UNLOCK).execute().replaceWithVoid().onFailure().recoverWithNull();
  }

  private Uni<Void> consume() {
    following.begins();
    return findPosition()
        .chain(
            from ->
                StreamedCalls.endingWithItsListener(() -> events(from))
                    .onItem()
                    .transformToUniAndConcatenate(this::handle)
                    .collect()
                    .last())
        .replaceWithVoid();
  }

  private Multi<Event> events(String from) {
    return subscription
        .feed()
        .subscribe(
            SubscribeRequest.newBuilder()
                .setCursor(from)
                .addAllTypes(subscription.types())
                .build());
  }

  private Uni<String> findPosition() {
    var group = Tuple.of(subscription.group());
    return database
        .client()
        .preparedQuery(BEGIN)
        .execute(group)
        .chain(() -> database.client().preparedQuery(POSITION).execute(group))
        .map(rows -> rows.iterator().next().getString(0))
        .invoke(position::set);
  }

  private Uni<Void> handle(Event event) {
    following.takes(ProtoTime.instant(event.getEventTime()));
    return inOneTransaction(event, subscription.handler())
        .onFailure(EventConsumer::isWorthAnotherTry)
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .atMost(ATTEMPTS)
        .onFailure(failure -> !DatabaseErrors.isUnreachable(failure) && !(isLost(failure)))
        .recoverWithUni(failure -> park(event, failure))
        .invoke(() -> pause = FIRST_PAUSE)
        .eventually(following::isDone);
  }

  private Uni<Void> inOneTransaction(Event event, EventHandler handler) {
    return database
        .inTransaction(tx -> handler.handle(tx, event).chain(() -> move(tx, event.getCursor())))
        .invoke(() -> position.set(event.getCursor()));
  }

  private Uni<Void> move(SqlConnection tx, String to) {
    return tx.preparedQuery(MOVE)
        .execute(Tuple.of(subscription.group(), position.get(), to))
        .invoke(
            moved -> {
              if (moved.rowCount() != 1) {
                throw new LostPosition();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> park(Event event, Throwable failure) {
    LOG.errorf(failure, "event %s %s is parked", event.getType(), event.getEventId());
    String text = String.valueOf(failure);
    return inOneTransaction(
        event,
        (tx, parked) ->
            tx.preparedQuery(PARK)
                .execute(
                    Tuple.of(
                        subscription.group(),
                        java.util.UUID.fromString(parked.getEventId()),
                        Buffer.buffer(parked.toByteArray()),
                        text.substring(0, Math.min(text.length(), MAX_FAILURE_TEXT))))
                .replaceWithVoid());
  }

  private static boolean isWorthAnotherTry(Throwable failure) {
    return !isLost(failure);
  }

  private static boolean isLost(Throwable failure) {
    return failure instanceof LostPosition
        || (failure instanceof ServiceException refusal
            && refusal.reason().code() == Status.Code.UNAVAILABLE);
  }

  private void failed(Throwable failure) {
    if (Status.fromThrowable(failure).getCode() == Status.Code.OUT_OF_RANGE) {
      pause = LONGEST_PAUSE;
      if (following.hasMissed()) {
        LOG.errorf(
            "group %s missed events that were deleted: see EventsAreMissed in docs/operations.md",
            subscription.group());
      }
    }
    LOG.debugf(failure, "group %s begins again", subscription.group());
    // Of a feed that is away OutgoingCalls has told.
    if (!(failure instanceof StatusRuntimeException) && SweepLog.isAway(failure)) {
      log.failed(name(), failure);
    }
    again(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private String name() {
    return "group " + subscription.group();
  }

  private void again(Duration delay) {
    if (!stopped) {
      var unused = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(delay.toNanos()), id -> start());
    }
  }

  /** Another consumer of the group has moved the cursor. */
  private static final class LostPosition extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostPosition() {
      super("another consumer of the group is active", null, false, false);
    }
  }
}
