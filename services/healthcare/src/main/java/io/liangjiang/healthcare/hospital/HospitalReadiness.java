package io.liangjiang.healthcare.hospital;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before there is something to book. */
@Readiness
@ApplicationScoped
class HospitalReadiness implements HealthCheck {
  private final HospitalStart start;

  HospitalReadiness(HospitalStart start) {
    this.start = start;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("hospitals and slots").status(start.isReady()).build();
  }
}
