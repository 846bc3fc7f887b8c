package io.liangjiang.identity.session;

import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.passkey.Passkeys;
import io.liangjiang.identity.sms.SmsCodes;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes what is no longer worth anything, a bounded piece at a time. */
@ApplicationScoped
public class Forgetting {
  private static final int ROWS_AT_ONCE = 5_000;
  private static final Duration SIGN_INS_KEPT = Duration.ofDays(1);
  private static final Duration SESSIONS_KEPT = Duration.ofDays(1);

  /** How long a used refresh token is still told from an unknown one. */
  private static final Duration TOKENS_KEPT = Duration.ofDays(30);

  private final SessionRepository sessions;
  private final SignInRepository signIns;
  private final SmsCodes smsCodes;
  private final Passkeys passkeys;
  private final AttemptLimits limits;
  private final Database database;
  private final InstantSource clock;

  Forgetting(
      SessionRepository sessions,
      SignInRepository signIns,
      SmsCodes smsCodes,
      Passkeys passkeys,
      AttemptLimits limits,
      Database database,
      InstantSource clock) {
    this.sessions = sessions;
    this.signIns = signIns;
    this.smsCodes = smsCodes;
    this.passkeys = passkeys;
    this.limits = limits;
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    Instant now = clock.instant();
    var client = database.client();
    return signIns
        .forget(client, now.minus(SIGN_INS_KEPT))
        .chain(() -> sessions.forgetSessions(client, now.minus(SESSIONS_KEPT), ROWS_AT_ONCE))
        .chain(() -> sessions.forgetTokens(client, now.minus(TOKENS_KEPT), ROWS_AT_ONCE))
        .chain(smsCodes::forgetOld)
        .chain(passkeys::forgetOld)
        .chain(limits::forgetOld);
  }
}
