package io.liangjiang.platform.reservation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * A fresh database with the engine's tables in it, and a client with as many connections as a test
 * needs.
 */
final class ReservationDatabase implements AutoCloseable {
  private static final String MIGRATION = "/db/platform/V0_5__reservation.sql";
  private static final Duration AWAIT = Duration.ofSeconds(60);

  /** Shared by the test classes; stopped when the JVM ends. */
  private static final EmbeddedPostgres SERVER = start();

  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  ReservationDatabase(int connections) {
    String name = "reservation_" + Long.toHexString(System.nanoTime());
    try (var connection = SERVER.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(connections))
            .connectingTo(
                new PgConnectOptions()
                    .setHost("localhost")
                    .setPort(SERVER.getPort())
                    .setDatabase(name)
                    .setUser("postgres")
                    .setPassword("postgres")
                    .setCachePreparedStatements(true))
            .using(vertx)
            .build();
    await(pool.query(migration()).execute());
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "off")
          .setLocaleConfig("locale", "C.UTF-8")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String migration() {
    try (InputStream in = ReservationDatabase.class.getResourceAsStream(MIGRATION)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Pool pool() {
    return pool;
  }

  /** Runs the work in a transaction of its own. */
  <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(work);
  }

  /** Runs the work in a transaction of its own and waits for it. */
  <T> T inTransaction(Function<SqlConnection, Uni<T>> work) {
    return await(transaction(work));
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(AWAIT);
  }

  void clear() {
    await(pool.query("truncate reservation, reservation_pool").execute());
  }

  @Override
  public void close() {
    await(pool.close());
    await(vertx.close());
  }
}
