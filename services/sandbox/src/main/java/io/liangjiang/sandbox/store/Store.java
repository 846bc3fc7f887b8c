package io.liangjiang.sandbox.store;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in transactions at READ COMMITTED. Blocks; call it from virtual threads. */
@Singleton
public final class Store {
  private static final String CONNECTION_CLASS = "08";
  private static final String SHUTDOWN_CLASS = "57P";
  private static final String RESOURCES_CLASS = "53";

  private final DataSource dataSource;

  Store(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work on one connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it; throws to undo it. */
    T on(Tx tx);
  }

  /**
   * Whether work failed because the database could not be reached or is going down (PostgreSQL
   * manual, appendix A); a pool that gives no connection in time says no state at all.
   */
  public static boolean isAway(RuntimeException failure) {
    if (!(failure.getCause() instanceof SQLException cause)) {
      return false;
    }
    String state = cause.getSQLState();
    return state == null
        || state.startsWith(CONNECTION_CLASS)
        || state.startsWith(SHUTDOWN_CLASS)
        || state.startsWith(RESOURCES_CLASS);
  }

  /** Runs the work in a transaction: committed when it returns, undone when it throws. */
  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(new Tx(connection));
        connection.commit();
        return result;
      } catch (RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database did not answer as it should", e);
    }
  }
}
