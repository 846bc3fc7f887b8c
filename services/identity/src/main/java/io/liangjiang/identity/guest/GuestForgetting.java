package io.liangjiang.identity.guest;

import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Ends what suspended guests still have, and deletes what is no longer worth anything. */
@ApplicationScoped
public class GuestForgetting {
  private static final int ROWS_AT_ONCE = 5_000;
  private static final Duration SESSIONS_KEPT = Duration.ofDays(1);

  /** How long a used refresh token is still told from an unknown one. */
  private static final Duration TOKENS_KEPT = Duration.ofDays(30);

  private final GuestSessions sessions;
  private final GuestSessionRepository repository;
  private final Database database;
  private final InstantSource clock;

  GuestForgetting(
      GuestSessions sessions,
      GuestSessionRepository repository,
      Database database,
      InstantSource clock) {
    this.sessions = sessions;
    this.repository = repository;
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "2s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> endSuspended() {
    return sessions.endSuspended();
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    Instant now = clock.instant();
    var client = database.client();
    return repository
        .forgetSessions(client, now.minus(SESSIONS_KEPT), ROWS_AT_ONCE)
        .chain(() -> repository.forgetTokens(client, now.minus(TOKENS_KEPT), ROWS_AT_ONCE));
  }
}
