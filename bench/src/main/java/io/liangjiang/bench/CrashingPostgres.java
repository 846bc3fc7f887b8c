package io.liangjiang.bench;

import io.liangjiang.standalone.process.ChildProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A durable PostgreSQL of its own that can be stopped as a lost machine would stop it. */
final class CrashingPostgres implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final long END_PATIENCE_SECONDS = 30;

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private CrashingPostgres(Path data, int port) {
    this.data = data;
    this.port = port;
    this.server = launch();
  }

  static CrashingPostgres create() {
    try {
      Path data = Files.createTempDirectory("crash").resolve("data");
      return new CrashingPostgres(data, freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return "postgresql://localhost:" + port + "/postgres";
  }

  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** What {@code pg_ctl stop -m immediate} does (SIGQUIT): no checkpoint, no good-bye. */
  void crash() {
    try {
      long pid =
          Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
      var process = ProcessHandle.of(pid).orElseThrow();
      ChildProcess.signal(pid, "QUIT");
      process
          .onExit()
          .orTimeout(END_PATIENCE_SECONDS, java.util.concurrent.TimeUnit.SECONDS)
          .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it on its data, which it has to recover first. */
  void restart() {
    close(); // there is nothing left to stop; it lets go of the data
    server = launch();
  }

  private EmbeddedPostgres launch() {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPort(port)
          .setPGStartupWait(START_PATIENCE)
          .setLocaleConfig("locale", "C.UTF-8")
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
