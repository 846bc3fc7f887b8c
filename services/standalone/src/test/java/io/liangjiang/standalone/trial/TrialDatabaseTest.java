package io.liangjiang.standalone.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.standalone.process.StartFailure;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the programs and the template that go into the image. */
class TrialDatabaseTest {
  private static final int ATTEMPTS = 300;
  private static final int ATTEMPT_MILLIS = 200;

  @TempDir static Path folder;
  @TempDir Path volume;

  @BeforeAll
  static void layOut() throws Exception {
    TrialTemplate.make(folder);
    // PostgreSQL refuses root, as which builds in containers run.
    Path postgres = Files.createDirectories(folder.resolve("programs/bin")).resolve("postgres");
    String unshared = System.getProperty("user.name").equals("root") ? "unshare -U " : "";
    Files.writeString(
        postgres,
        "#!/bin/sh\nexec %s%s \"$@\"\n"
            .formatted(unshared, folder.resolve("postgresql/bin/postgres")));
    Files.setPosixFilePermissions(postgres, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void givesEveryComponentADatabaseOfItsOwn() throws Exception {
    prepare("identity payments", "one'", "two");

    try (Server server = new Server()) {
      try (Connection identity = server.connect("identity", "identity", "one'")) {
        identity.createStatement().execute("create table citizen (id int)");
      }
      server.connect("payments", "payments", "two").close();
      assertThatThrownBy(() -> server.connect("identity", "payments", "two"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> server.connect("identity", "identity", "two"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void keepsDataAndFollowsPasswordsAndComponentsAtALaterStart() throws Exception {
    prepare("identity", "one", "");
    try (Server server = new Server();
        Connection identity = server.connect("identity", "identity", "one")) {
      identity.createStatement().execute("create table citizen (id int)");
    }

    prepare("identity payments", "other", "two");

    try (Server server = new Server()) {
      try (Connection identity = server.connect("identity", "identity", "other")) {
        identity.createStatement().execute("insert into citizen values (1)");
      }
      server.connect("payments", "payments", "two").close();
      assertThatThrownBy(() -> server.connect("identity", "identity", "one"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void isLaidOutAgainByTheSameProcess() throws Exception {
    TrialTemplate.make(volume);

    assertThat(volume.resolve("postgresql/bin/postgres")).isExecutable();
    assertThat(volume.resolve("template/PG_VERSION")).isRegularFile();
  }

  @Test
  void refusesWhatCannotBePrepared() {
    assertThatThrownBy(() -> prepare("identity; drop", "one", "two"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("DATABASES");
    assertThatThrownBy(() -> prepare("identity", "", "two")).hasMessageContaining("IDENTITY_PASSW");
    assertThatThrownBy(() -> prepare("identity", "a\nb", "two")).hasMessageContaining("line break");
  }

  private void prepare(String databases, String identity, String payments) {
    new TrialDatabase(folder.resolve("programs"), folder.resolve("template"), data())
        .prepare(
            Map.of(
                "DATABASES",
                databases,
                "POSTGRES_PASSWORD",
                "root",
                "IDENTITY_PASSWORD",
                identity,
                "PAYMENTS_PASSWORD",
                payments));
  }

  private Path data() {
    return volume.resolve("data");
  }

  /** The server as the chart starts it. */
  private final class Server implements AutoCloseable {
    private final int port;
    private final Process process;

    Server() throws Exception {
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      process =
          new ProcessBuilder(
                  List.of(
                      folder.resolve("programs/bin/postgres").toString(),
                      "-D",
                      data().toString(),
                      "-c",
                      "listen_addresses=*",
                      "-c",
                      "unix_socket_directories=/tmp",
                      "-p",
                      Integer.toString(port)))
              .redirectErrorStream(true)
              .redirectOutput(volume.resolve("server.log").toFile())
              .start();
    }

    Connection connect(String database, String user, String password) throws Exception {
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
      for (int attempt = 0; ; attempt++) {
        try {
          return DriverManager.getConnection(url, user, password);
        } catch (SQLException e) {
          boolean isStarting = "08001".equals(e.getSQLState()) || "57P03".equals(e.getSQLState());
          if (!isStarting || attempt == ATTEMPTS || !process.isAlive()) {
            throw e;
          }
          TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
        }
      }
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      process.waitFor();
    }
  }
}
