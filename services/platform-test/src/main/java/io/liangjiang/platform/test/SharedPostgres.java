package io.liangjiang.platform.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * One real PostgreSQL a test process, durable as in production; each test class that asks gets an
 * empty database of its own.
 */
public final class SharedPostgres {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private SharedPostgres() {}

  /** Where an empty database is. */
  public record Database(int port, String name) {
    public String jdbcUrl() {
      return "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    public String reactiveUrl() {
      return "postgresql://localhost:" + port + "/" + name;
    }
  }

  /** Makes an empty database; starts the server on the first call. */
  public static Database create() {
    EmbeddedPostgres server = Holder.SERVER;
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
      return new Database(server.getPort(), name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database could be made", e);
    }
  }

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "200")
            .setLocaleConfig("locale", "C.UTF-8")
            .setPGStartupWait(START_LIMIT)
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
