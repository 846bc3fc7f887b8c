package io.liangjiang.identity.signing;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Loads the ring at start and looks for other replicas' rotations; not ready until there is a key
 * to sign with.
 */
@Readiness
@ApplicationScoped
public class KeyRingRefresh implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(KeyRingRefresh.class);

  private final SigningKeys keys;

  KeyRingRefresh(SigningKeys keys) {
    this.keys = keys;
  }

  void load(@Observes StartupEvent event) {
    keys.current()
        .subscribe()
        .with(
            ring -> LOG.debug("signing keys loaded"),
            e -> LOG.warnf("no signing keys yet: %s", e.getMessage()));
  }

  @Scheduled(
      every = "{liangjiang.identity.signing-keys.poll-interval}",
      delayed = "{liangjiang.identity.signing-keys.poll-interval}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> refresh() {
    return keys.reload().replaceWithVoid();
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("signing keys").status(keys.isLoaded()).build();
  }
}
