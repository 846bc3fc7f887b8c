package io.liangjiang.platform.test;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * What a load balancer waits for before it sends calls. A test that calls at once after the start
 * meets a service that has no token of its own yet.
 */
@Singleton
public final class StartedService {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Instance<HealthCheck> checks;

  StartedService(@Any @Readiness Instance<HealthCheck> checks) {
    this.checks = checks;
  }

  /** Returns when every readiness check is up. */
  public void await() {
    Uni.createFrom()
        .item(() -> checks.stream().allMatch(check -> check.call().getStatus() == Status.UP))
        .repeat()
        .withDelay(POLL)
        .until(ready -> ready)
        .collect()
        .last()
        .await()
        .atMost(LIMIT);
  }
}
