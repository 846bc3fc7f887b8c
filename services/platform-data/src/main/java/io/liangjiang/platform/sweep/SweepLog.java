package io.liangjiang.platform.sweep;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.errors.ServiceException;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Reports how sweeps end. A scheduled method only lets its failure out; the scheduler's own report,
 * an error with a stack trace at every tick, is switched off in favour of this one.
 */
@ApplicationScoped
public class SweepLog {
  private static final Logger LOG = Logger.getLogger(SweepLog.class);
  private static final int MAX_REASON = 300;

  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  void failed(@Observes FailedExecution run) {
    failed(name(run.getExecution()), run.getException());
  }

  void succeeded(@Observes SuccessfulExecution run) {
    succeeded(name(run.getExecution()));
  }

  /**
   * Says once that a sweep waits for what is away, for example its database, and nothing more until
   * {@link #succeeded}. A refusal is a line each time, anything else an error with its stack trace.
   *
   * @param sweep its name in the log, the same each time; nothing personal
   */
  public void failed(String sweep, Throwable failure) {
    Throwable read = read(failure);
    if (isUnavailable(read)) {
      boolean isNews = waiting.add(sweep);
      LOG.logf(
          isNews ? Logger.Level.WARN : Logger.Level.DEBUG,
          "%s waits for what is away: %s",
          sweep,
          reason(read));
    } else if (read instanceof ServiceException) {
      LOG.warnf("%s was refused: %s", sweep, reason(read));
    } else {
      LOG.errorf(read, "%s failed", sweep);
    }
  }

  /** Says that a sweep goes on, if it was said to wait. */
  public void succeeded(String sweep) {
    if (waiting.remove(sweep)) {
      LOG.infof("%s goes on: what was away is back", sweep);
    }
  }

  /** Whether a failure is no fault: the database or a service that was needed is away. */
  public static boolean isAway(Throwable failure) {
    return isUnavailable(read(failure));
  }

  /** The scheduler hands failures on in a wrapping. */
  private static Throwable read(Throwable failure) {
    Throwable cause = failure.getCause();
    return DatabaseErrors.translate(
        failure instanceof CompletionException && cause != null ? cause : failure);
  }

  private static boolean isUnavailable(Throwable read) {
    return switch (read) {
      case ServiceException refusal -> refusal.reason().code() == Status.Code.UNAVAILABLE;
      case StatusRuntimeException status -> status.getStatus().getCode() == Status.Code.UNAVAILABLE;
      default -> false;
    };
  }

  /** In one line: what the driver said where it is known, else what the refusal says. */
  private static String reason(Throwable read) {
    Throwable[] suppressed = read.getSuppressed();
    Throwable told = suppressed.length > 0 ? suppressed[0] : read;
    String line = String.valueOf(told.getMessage()).replaceAll("\\s+", " ");
    return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) : line;
  }

  /** The method and its class, without the package. */
  private static String name(ScheduledExecution run) {
    String method = run.getTrigger().getMethodDescription();
    return method == null
        ? run.getTrigger().getId()
        : method.substring(method.lastIndexOf('.') + 1).replace('#', '.');
  }
}
