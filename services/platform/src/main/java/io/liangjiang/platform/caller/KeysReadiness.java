package io.liangjiang.platform.caller;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until callers can be told apart. */
@Readiness
@ApplicationScoped
public class KeysReadiness implements HealthCheck {
  private final VerificationKeys keys;

  KeysReadiness(VerificationKeys keys) {
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("token verification keys").status(keys.isLoaded()).build();
  }
}
