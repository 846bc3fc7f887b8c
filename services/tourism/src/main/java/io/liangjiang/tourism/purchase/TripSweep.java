package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.data.Database;
import io.liangjiang.tourism.trip.TripRepository;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Finishes what was left: orders that were not created, holds that ran out, refunds that did not
 * get through. Several replicas may sweep: each takes trips that no other holds, and puts their
 * next turn off before it begins.
 */
@ApplicationScoped
public class TripSweep {
  private static final Logger LOG = Logger.getLogger(TripSweep.class);
  private static final int BATCH = 50;
  private static final Duration NEXT_TURN = Duration.ofSeconds(20);

  private final Database database;
  private final Progress progress;
  private final InstantSource clock;

  TripSweep(Database database, Progress progress, InstantSource clock) {
    this.database = database;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Takes one batch of trips that are due and moves each on; a failure of one leaves the others
   * alone.
   */
  @Scheduled(
      every = "${liangjiang.tourism.sweep.every:3s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> run() {
    Instant now = clock.instant();
    return TripRepository.claimDue(database.client(), now, now.plus(NEXT_TURN), BATCH)
        .chain(
            due ->
                Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(this::advance)
                    .collect()
                    .last());
  }

  private Uni<Void> advance(UUID tripId) {
    return TripRepository.find(database.client(), tripId)
        .chain(trip -> trip.map(progress::advance).orElse(Uni.createFrom().voidItem()))
        .onFailure()
        .invoke(failure -> LOG.warnf("trip %s waits for its next turn: %s", tripId, failure))
        .onFailure()
        .recoverWithNull();
  }
}
