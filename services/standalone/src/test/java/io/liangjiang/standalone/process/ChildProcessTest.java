package io.liangjiang.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void reportsAProcessThatDiesWithTheEndOfItsLog() throws Exception {
    CompletableFuture<ChildProcess> end = new CompletableFuture<>();
    ChildProcess process = shell("echo working; echo \"no $REASON\" >&2; exit 3");
    process.whenEnded(end::complete);

    ChildProcess ended = end.get(30, TimeUnit.SECONDS);

    assertThat(ended.diedByItself()).isTrue();
    assertThat(ended.obituary())
        .contains("worker ended with exit code 3", "working", "no electricity", "worker.log");
  }

  @Test
  void endsAProcessWhenAsked() {
    ChildProcess process = shell("exec sleep 600");

    process.askToEnd();
    process.awaitEnd(PATIENCE);

    assertThat(process.isAlive()).isFalse();
    assertThat(process.diedByItself()).isFalse();
    assertThat(process.exitCode()).isEqualTo(128 + 15);
  }

  @Test
  void killsAProcessThatDoesNotListen() {
    ChildProcess process = shell("trap '' TERM; while :; do sleep 1; done");

    process.askToEnd();
    process.awaitEnd(Duration.ZERO);

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void killsWithoutAWord() throws Exception {
    ChildProcess process = shell("exec sleep 600");

    process.kill();

    assertThat(process.exitCode()).isEqualTo(128 + 9);
    assertThat(process.diedByItself()).isFalse();
  }

  @Test
  void doesNotWaitForADeadProcessToBecomeReady() {
    ChildProcess process = shell("echo cannot bind; exit 1");
    URI nobody = URI.create("http://localhost:1/q/health/ready");
    try (HttpClient http = HttpClient.newHttpClient()) {
      Readiness readiness = new Readiness(http);

      assertThatThrownBy(() -> readiness.await(process, nobody, PATIENCE))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("cannot bind");
    }
  }

  @Test
  void keepsTheLogOfTheRunBefore() {
    Path path = directory.resolve("worker.log");
    shell("echo first").awaitEnd(PATIENCE);

    LogFile second = LogFile.fresh(path);

    assertThat(second.tail(5)).isEmpty();
    assertThat(directory.resolve("worker.log.previous")).hasContent("first");
  }

  private ChildProcess shell(String script) {
    return ChildProcess.start(
        new ChildProcess.Command(
            "worker", List.of("sh", "-c", script), Map.of("REASON", "electricity"), directory),
        LogFile.fresh(directory.resolve("worker.log")));
  }
}
