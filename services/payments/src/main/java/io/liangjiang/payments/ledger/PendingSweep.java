package io.liangjiang.payments.ledger;

import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Releases pending transfers whose time is up. */
@ApplicationScoped
class PendingSweep {
  private static final int LIMIT = 500;

  private final Database database;
  private final PhaseRepository phases;
  private final Transfers transfers;
  private final InstantSource clock;

  PendingSweep(
      Database database, PhaseRepository phases, Transfers transfers, InstantSource clock) {
    this.database = database;
    this.phases = phases;
    this.transfers = transfers;
    this.clock = clock;
  }

  /** One step; a transfer that another replica has released meanwhile is refused, and left. */
  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return phases.due(database.client(), clock.instant(), LIMIT).chain(this::expire);
  }

  private Uni<Void> expire(List<UUID> due) {
    return due.isEmpty() ? Uni.createFrom().voidItem() : transfers.expireAll(due);
  }
}
