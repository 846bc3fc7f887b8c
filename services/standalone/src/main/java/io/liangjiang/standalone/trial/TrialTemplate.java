package io.liangjiang.standalone.trial;

import io.liangjiang.standalone.process.StartFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Lays out what the database's image holds: {@code postgresql}, the programs, and {@code template},
 * the data of a server that has just been made. What is there stays.
 */
public final class TrialTemplate {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private TrialTemplate() {}

  /** The one argument is the folder; exit code 0 when all is there. */
  public static void main(String[] arguments) {
    make(Path.of(arguments[0]).toAbsolutePath());
    System.exit(0);
  }

  static void make(Path folder) {
    Path template = folder.resolve("template");
    try {
      if (Files.exists(template.resolve("PG_VERSION"))) {
        return;
      }
      Files.createDirectories(folder);
      Path unpacked = folder.resolve("unpacked");
      try (EmbeddedPostgres server = server(unpacked, template)) {
        // Started once, so that the template is whole; closing it checkpoints.
        copy(programs(server), folder.resolve("postgresql"));
      }
    } catch (IOException | SQLException e) {
      throw new StartFailure("The database's template cannot be made: " + e.getMessage(), e);
    }
  }

  private static EmbeddedPostgres server(Path unpacked, Path template) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(unpacked.toFile())
        .setDataDirectory(template)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(PATIENCE)
        // PostgreSQL's own, so that the image needs no locale of the system's.
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .start();
  }

  /**
   * Where the programs are: the library unpacks them once a process, wherever it was told first.
   */
  private static Path programs(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
      if (!found.next()) {
        throw new SQLException("the server does not say where its programs are");
      }
      return Path.of(found.getString(1)).resolveSibling("").normalize();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(
            path,
            to.resolve(from.relativize(path)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
