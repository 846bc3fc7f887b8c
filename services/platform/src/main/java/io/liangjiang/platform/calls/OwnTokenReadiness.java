package io.liangjiang.platform.calls;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until this service can call the others. */
@Readiness
@ApplicationScoped
public class OwnTokenReadiness implements HealthCheck {
  private final OwnToken token;

  OwnTokenReadiness(OwnToken token) {
    this.token = token;
  }

  @Override
  public HealthCheckResponse call() {
    boolean ready = !token.isWanted() || !token.current().isEmpty();
    return HealthCheckResponse.named("service token").status(ready).build();
  }
}
