package io.liangjiang.identity;

import io.liangjiang.identity.staff.DevelopmentStaff;
import io.liangjiang.platform.caller.VerificationKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** What a load balancer waits for before it sends calls: the keys are read, the staff are there. */
@ApplicationScoped
public class OpenedCity {
  private static final Duration POLL = Duration.ofMillis(50);

  private final VerificationKeys keys;
  private final DevelopmentStaff staff;

  OpenedCity(VerificationKeys keys, @Readiness DevelopmentStaff staff) {
    this.keys = keys;
    this.staff = staff;
  }

  public void await() {
    SignedIn.await(
        Uni.createFrom()
            .item(() -> keys.isLoaded() && staff.call().getStatus() == Status.UP)
            .repeat()
            .withDelay(POLL)
            .until(open -> open)
            .collect()
            .last());
  }
}
