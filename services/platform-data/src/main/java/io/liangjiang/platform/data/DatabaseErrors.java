package io.liangjiang.platform.data;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a failure of the driver means, by SQLSTATE (PostgreSQL manual, appendix A). */
public final class DatabaseErrors {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String CONNECTION_CLASS = "08";
  private static final String SHUTDOWN_CLASS = "57P";
  private static final String RESOURCES_CLASS = "53";

  /** What the driver says in words alone of a statement whose connection it has lost. */
  private static final List<String> LOST_CONNECTION =
      List.of("Connection is not active now", "Pending requests failed to be sent");

  private DatabaseErrors() {}

  /** Whether a unique constraint of that name was violated: the row is there already. */
  public static boolean isUniqueViolation(Throwable failure, String constraint) {
    return failure instanceof PgException pg
        && UNIQUE_VIOLATION.equals(pg.getSqlState())
        && constraint.equals(pg.getConstraint());
  }

  /** Whether a check constraint of that name was violated. */
  public static boolean isCheckViolation(Throwable failure, String constraint) {
    return failure instanceof PgException pg
        && CHECK_VIOLATION.equals(pg.getSqlState())
        && constraint.equals(pg.getConstraint());
  }

  /** Whether the same transaction may simply be run again. */
  public static boolean isTransient(Throwable failure) {
    String state = sqlState(failure);
    return SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
  }

  /**
   * Whether the database could not be reached or is going down; nothing is known of the fate of a
   * commit.
   */
  public static boolean isUnreachable(Throwable failure) {
    String state = sqlState(failure);
    if (state != null) {
      return state.startsWith(CONNECTION_CLASS)
          || state.startsWith(SHUTDOWN_CLASS)
          || state.startsWith(RESOURCES_CLASS);
    }
    Throwable bare = bare(failure);
    return bare instanceof IOException || bare instanceof VertxException || isLost(bare);
  }

  /**
   * A failure that may be shown: unreachable and transient become UNAVAILABLE, anything else stays
   * as it is.
   */
  public static Throwable translate(Throwable failure) {
    if (isUnreachable(failure) || isTransient(failure)) {
      var refusal =
          new ServiceException(PlatformReason.UNAVAILABLE, "the database is away for the moment")
              .retryAfter(Duration.ofSeconds(1));
      refusal.addSuppressed(failure);
      return refusal;
    }
    return failure;
  }

  private static boolean isLost(Throwable failure) {
    String message = failure.getMessage();
    return message != null && LOST_CONNECTION.stream().anyMatch(message::startsWith);
  }

  private static @Nullable String sqlState(Throwable failure) {
    return bare(failure) instanceof PgException pg ? pg.getSqlState() : null;
  }

  /** Whoever waits for a failure gets it in a wrapping. */
  private static Throwable bare(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
