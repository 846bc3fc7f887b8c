package io.liangjiang.identity.authorization;

import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;

/** Deletes requests of long ago, a bounded piece at a time. */
@ApplicationScoped
public class AuthorizationForgetting {
  private static final int ROWS_AT_ONCE = 5_000;

  /** How long a used code is still told from an unknown one. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final AuthorizationRepository repository;
  private final Database database;
  private final InstantSource clock;

  AuthorizationForgetting(
      AuthorizationRepository repository, Database database, InstantSource clock) {
    this.repository = repository;
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    return repository.forget(database.client(), clock.instant().minus(KEPT), ROWS_AT_ONCE);
  }
}
