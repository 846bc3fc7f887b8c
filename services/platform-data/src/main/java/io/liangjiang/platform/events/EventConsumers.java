package io.liangjiang.platform.events;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.sweep.SweepLog;
import io.liangjiang.platform.v1.EventFeedService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Starts this service's consumers of other services' feeds, and ends them with the process. */
@ApplicationScoped
public class EventConsumers {
  private final Database database;
  private final Vertx vertx;
  private final EventMeters meters;
  private final SweepLog log;
  private final Queue<EventConsumer> running = new ConcurrentLinkedQueue<>();
  private final Queue<ParkedEvents> parked = new ConcurrentLinkedQueue<>();

  EventConsumers(Database database, Vertx vertx, EventMeters meters, SweepLog log) {
    this.database = database;
    this.vertx = vertx;
    this.meters = meters;
    this.log = log;
  }

  /**
   * Consumes a feed from where the group left off, for as long as the process lives. Among several
   * replicas one is active.
   *
   * @param group name of the group, unique within this service; at most 60 characters
   * @param feed the other service's feed
   * @param types event types wanted; empty for all
   */
  public void consume(
      String group, EventFeedService feed, List<String> types, EventHandler handler) {
    var subscription = new Subscription(group, feed, types, handler);
    var consumer = new EventConsumer(database, vertx, subscription, meters.follow(group), log);
    running.add(consumer);
    parked.add(new ParkedEvents(database, subscription));
    consumer.start();
  }

  /** Applies parked events that operators decided to replay; every replica looks, one applies. */
  @Scheduled(
      every = "${liangjiang.events.replay-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> replay() {
    return Multi.createFrom()
        .iterable(parked)
        .onItem()
        .transformToUniAndConcatenate(ParkedEvents::replay)
        .collect()
        .last()
        .replaceWithVoid();
  }

  void stop(@Observes ShutdownEvent event) {
    running.forEach(EventConsumer::stop);
  }
}
