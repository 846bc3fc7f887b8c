package io.liangjiang.standalone.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Prepares the data of a trial's PostgreSQL before it starts: copies the template where there is no
 * data yet, makes a role and a database a component, and gives every role the password that its
 * Secret has now. It talks to the server's single-user mode, so nothing listens meanwhile and no
 * program but {@code postgres} is needed.
 *
 * <p>Variables: {@code PGDATA}; {@code DATABASES}, names separated by spaces; {@code
 * <NAME>_PASSWORD} of each, and {@code POSTGRES_PASSWORD} of the superuser.
 */
public final class TrialDatabase {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");
  private static final long PATIENCE_SECONDS = 120;
  private static final String ACCESS =
      """
      # Written at every start. Everybody shows a password, also at the socket.
      local all all scram-sha-256
      host all all all scram-sha-256
      """;

  private final Path programs;
  private final Path template;
  private final Path data;

  TrialDatabase(Path programs, Path template, Path data) {
    this.programs = programs;
    this.template = template;
    this.data = data;
  }

  /** Exit code 0 when the server may start; arguments are the programs and the template. */
  public static void main(String[] arguments) {
    Map<String, String> variables = System.getenv();
    try {
      new TrialDatabase(
              Path.of(arguments[0]), Path.of(arguments[1]), Path.of(variable(variables, "PGDATA")))
          .prepare(variables);
      System.exit(0);
    } catch (StartFailure e) {
      System.err.println(e.getMessage());
    }
    System.exit(1);
  }

  void prepare(Map<String, String> variables) {
    List<String> databases = List.of(variable(variables, "DATABASES").trim().split("\\s+"));
    if (!databases.stream().allMatch(NAME.asMatchPredicate())) {
      throw new StartFailure("DATABASES must be names: " + databases);
    }
    try {
      copyTemplate();
      Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
      run(statements(databases, variables));
    } catch (IOException e) {
      throw new StartFailure("The database cannot be prepared: " + e, e);
    }
  }

  /** Under another name first, so that a copy which was cut off is no database. */
  private void copyTemplate() throws IOException {
    if (Files.exists(data.resolve("PG_VERSION"))) {
      return;
    }
    Path draft = data.resolveSibling(data.getFileName() + ".draft");
    remove(draft);
    copy(template, draft);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
    Files.move(draft, data);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static List<String> statements(List<String> databases, Map<String, String> variables) {
    List<String> statements = new ArrayList<>();
    statements.add("alter role postgres password " + password(variables, "postgres"));
    for (String name : databases) {
      statements.add("create role %s login".formatted(name));
      statements.add("create database %s owner %s".formatted(name, name));
      statements.add("revoke connect on database %s from public".formatted(name));
      statements.add("alter role %s password %s".formatted(name, password(variables, name)));
    }
    return statements;
  }

  private static String password(Map<String, String> variables, String role) {
    String value = variable(variables, role.toUpperCase(Locale.ROOT) + "_PASSWORD");
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new StartFailure("The password of " + role + " has a line break");
    }
    return "'" + value.replace("'", "''") + "'";
  }

  private static String variable(Map<String, String> variables, String name) {
    String value = variables.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new StartFailure(name + " is not set");
    }
    return value;
  }

  /**
   * One statement a line; passwords go in by standard input, where no list of processes has them.
   */
  private void run(List<String> statements) throws IOException {
    Path log = Files.createTempFile("single-user", ".log");
    Process server =
        new ProcessBuilder(
                programs.resolve("bin/postgres").toString(),
                "--single",
                "-D",
                data.toString(),
                "-c",
                "log_min_error_statement=panic",
                "postgres")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
    try (var in = server.getOutputStream()) {
      in.write((String.join("\n", statements) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      // It has ended already; what it said is told below.
    }
    try {
      boolean ended = server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(log);
      if (!ended || server.exitValue() != 0 || said.lines().anyMatch(TrialDatabase::isFault)) {
        server.destroyForcibly();
        throw new StartFailure("PostgreSQL refused to be prepared:\n" + said);
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted", e);
    }
  }

  /** What an earlier start has made is there. */
  private static boolean isFault(String line) {
    return line.contains("ERROR:") && !line.endsWith("already exists");
  }
}
