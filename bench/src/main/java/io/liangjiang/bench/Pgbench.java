package io.liangjiang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator. */
final class Pgbench {
  private static final Duration END_OF_BACKENDS = Duration.ofSeconds(1);
  private static final Pattern COUNT =
      Pattern.compile("number of transactions actually processed: ([0-9]+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([0-9]+)");

  private final Path program;
  private final Postgres database;
  private final Path script;

  Pgbench(Postgres database, String script) {
    this.program = find();
    this.database = database;
    try {
      this.script = Files.writeString(Files.createTempFile("bench", ".sql"), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find() {
    try (var paths = Files.list(Path.of("/usr/lib/postgresql"))) {
      return paths
          .map(version -> version.resolve("bin/pgbench"))
          .filter(Files::isExecutable)
          .max(java.util.Comparator.naturalOrder())
          .orElseThrow(Pgbench::missing);
    } catch (IOException e) {
      throw missing();
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException(
        "pgbench is not here; Debian has it in the packages postgresql and postgresql-contrib");
  }

  /** Runs the script for a while with so many clients. */
  Sample run(int clients, int seconds) {
    long server = database.pid();
    double cpuBefore = CpuClock.seconds(server);
    String output =
        output(
            List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=1",
                "--time=" + seconds,
                "--file=" + script,
                "--host=localhost",
                "--port=" + database.database().port(),
                "--username=postgres",
                database.database().name()));
    if (number(FAILED, output) > 0) {
      throw new IllegalStateException("pgbench had failed transactions: " + output);
    }
    awaitEndOfBackends();
    return new Sample(number(COUNT, output), seconds, CpuClock.seconds(server) - cpuBefore);
  }

  /** What a backend has used counts when the server has seen it end, a moment after its client. */
  private static void awaitEndOfBackends() {
    try {
      Thread.sleep(END_OF_BACKENDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long number(Pattern pattern, String output) {
    var match = pattern.matcher(output);
    if (!match.find()) {
      throw new IllegalStateException("pgbench said: " + output);
    }
    return Long.parseLong(match.group(1));
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("pgbench failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
