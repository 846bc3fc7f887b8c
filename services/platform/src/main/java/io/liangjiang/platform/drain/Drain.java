package io.liangjiang.platform.drain;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Runs when readiness has been down for {@code quarkus.shutdown.delay} and before anything that
 * calls need is taken away; waits {@code quarkus.shutdown.timeout} at most.
 */
@ApplicationScoped
public class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final int FIRST = 1;

  private final Duration patience;
  private volatile boolean begun;

  Drain(@ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "0s") Duration patience) {
    this.patience = patience;
  }

  /** Whether this process is about to end: a stream that could go on for ever should end now. */
  public boolean hasBegun() {
    return begun;
  }

  void end(@Observes @Priority(FIRST) ShutdownEvent event) {
    begun = true;
    // Tests start applications one after the other in one process, beside servers of their own.
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      endServers();
    }
  }

  private void endServers() {
    long begin = System.nanoTime();
    try {
      boolean allEnded = GrpcServers.end(GrpcServers.running(), patience);
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      if (allEnded) {
        LOG.infof("every call had its answer %d ms after the stop", millis);
      } else {
        LOG.warnf("calls still ran %d ms after the stop and were ended", millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
