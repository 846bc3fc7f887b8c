package io.liangjiang.payments.payer;

import io.liangjiang.platform.calls.OwnTokenReadiness;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import jakarta.enterprise.inject.Any;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * No test begins before the service has its own token, as no request comes in before it is ready:
 * the first after a start would be refused by identity.
 */
public final class OwnTokenFirst implements QuarkusTestBeforeEachCallback {
  private static final int TRIES = 500;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    OwnTokenReadiness readiness =
        Arc.container().instance(OwnTokenReadiness.class, Any.Literal.INSTANCE).get();
    for (int i = 0; i < TRIES && readiness.call().getStatus() != Status.UP; i++) {
      LockSupport.parkNanos(PAUSE);
    }
  }
}
