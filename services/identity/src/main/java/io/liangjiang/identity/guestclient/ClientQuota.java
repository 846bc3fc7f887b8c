package io.liangjiang.identity.guestclient;

import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Counts what guests ask for, in the database, so that replicas count together. */
@ApplicationScoped
public class ClientQuota {
  private final AttemptLimits limits;

  ClientQuota(AttemptLimits limits) {
    this.limits = limits;
  }

  /** Counts one request of the guest. Errors: TOO_MANY_ATTEMPTS with a retry hint. */
  public Uni<Void> take(RegisteredClient client) {
    var minute =
        new AttemptLimit(
            "guest-minute", client.registration().getRequestsPerMinute(), Duration.ofMinutes(1));
    var day =
        new AttemptLimit(
            "guest-day", client.registration().getRequestsPerDay(), Duration.ofDays(1));
    return limits.acquire(minute, client.id()).chain(() -> limits.acquire(day, client.id()));
  }
}
