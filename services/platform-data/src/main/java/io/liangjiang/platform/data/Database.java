package io.liangjiang.platform.data;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The service's own database. Transactions run at READ COMMITTED: money, stock and slots are
 * guarded by constraints and row locks.
 */
@ApplicationScoped
public class Database {
  private static final int MAX_RETRIES = 3;

  private final Pool pool;
  private final List<Runnable> afterCommit = new CopyOnWriteArrayList<>();

  Database(Pool pool) {
    this.pool = pool;
  }

  /**
   * Runs the work in one transaction: commits when it yields, rolls back when it fails. A deadlock
   * or serialization failure is tried again up to three times, so the work must have no effect
   * outside the database. Failures of the driver come out as service exceptions, except unique and
   * check violations, which the use case may know how to read (see {@link DatabaseErrors}).
   */
  public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(() -> pool.withTransaction(connection -> guarded(work, connection)))
        .onFailure(DatabaseErrors::isTransient)
        .retry()
        .atMost(MAX_RETRIES)
        .onFailure()
        .transform(DatabaseErrors::translate)
        .invoke(() -> afterCommit.forEach(Runnable::run));
  }

  /** For single statements and reads outside a transaction. */
  public SqlClient client() {
    return pool;
  }

  /** The pool itself, for code that holds a connection of its own for long. */
  public Pool pool() {
    return pool;
  }

  /** Has something run after each commit of this process; it must be quick and must not throw. */
  public void onCommit(Runnable listener) {
    afterCommit.add(listener);
  }

  private static <T> Uni<T> guarded(Function<SqlConnection, Uni<T>> work, SqlConnection tx) {
    try {
      return work.apply(tx);
    } catch (RuntimeException e) {
      return Uni.createFrom().failure(e);
    }
  }
}
