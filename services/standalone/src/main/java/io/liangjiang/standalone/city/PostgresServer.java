package io.liangjiang.standalone.city;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.liangjiang.standalone.process.ChildProcess;
import io.liangjiang.standalone.process.LogFile;
import io.liangjiang.standalone.process.StartFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * PostgreSQL with a kept data directory and full durability: what it has confirmed survives a power
 * cut. The library that starts it means it for tests and switches that off, so the settings here
 * switch it on again.
 */
final class PostgresServer implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(30);
  private static final int CONNECTIONS_MAX = 300;

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts it on the kept data, which is made when it is missing, with a role and a database a
   * name.
   */
  static PostgresServer start(CityOptions options, List<String> databases) {
    Path data = options.data().resolve("postgres");
    try {
      PostgresServer server = new PostgresServer(builder(options, data).start());
      server.createDatabases(databases);
      return server;
    } catch (IOException | SQLException | IllegalStateException | AssertionError e) {
      Path log = options.data().resolve("logs/postgres.log");
      throw new StartFailure(
          "PostgreSQL did not start: %s%nIts log is %s".formatted(e.getMessage(), log), e);
    }
  }

  private static EmbeddedPostgres.Builder builder(CityOptions options, Path data) {
    LogFile log = LogFile.fresh(options.data().resolve("logs/postgres.log"));
    ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.path().toFile());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(options.checkout().resolve("target/postgresql").toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(options.ports().postgres())
        .setPGStartupWait(START_PATIENCE)
        .setLocaleConfig("locale", "C.UTF-8")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "localhost")
        .setServerConfig("max_connections", Integer.toString(CONNECTIONS_MAX))
        .setServerConfig("shared_buffers", "128MB")
        .setOutputRedirector(output)
        .setErrorRedirector(output);
  }

  /**
   * A launcher that was killed leaves its database running; it is ended in good order before the
   * next one starts.
   */
  static void endLeftover(Path data) {
    Path pidFile = data.resolve("postgres/postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      ProcessHandle.of(pid).filter(PostgresServer::isPostgres).ifPresent(PostgresServer::end);
    } catch (IOException | NumberFormatException | NoSuchElementException e) {
      throw new StartFailure("PostgreSQL's file " + pidFile + " is damaged: " + e, e);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/postgres");
  }

  private static void end(ProcessHandle postgres) {
    ChildProcess.signal(postgres.pid(), "INT");
    postgres.onExit().orTimeout(LEFTOVER_PATIENCE.toSeconds(), SECONDS).join();
  }

  private void createDatabases(List<String> names) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      for (String name : names) {
        if (!exists(connection, name)) {
          createDatabase(connection, name);
        }
      }
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    String sql = "select 1 from pg_database where datname = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Each service is the owner of its own database and a stranger in the others. */
  private static void createDatabase(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "do $$ begin create role %s login; exception when duplicate_object then null; end $$"
              .formatted(name));
      statement.execute("create database %s owner %s".formatted(name, name));
      statement.execute("revoke connect on database %s from public".formatted(name));
    }
  }

  /** Ends it with a checkpoint, so that the next start has nothing to recover. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new StartFailure("PostgreSQL did not end in good order: " + e.getMessage(), e);
    }
  }
}
