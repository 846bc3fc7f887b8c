package io.liangjiang.platform.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CapturedLog;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the log of a sweep that the scheduler runs again and again. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class SweepLogTest {
  private static final int TICKS = 3;
  private static final String SWEEP = "SweepLogTest$Ticking.tick";

  /** Does at every tick what the test says, and counts. */
  @Singleton
  static class Ticking {
    private volatile Supplier<Uni<Void>> work = () -> Uni.createFrom().voidItem();
    private volatile CompletableFuture<Void> enough = new CompletableFuture<>();
    private int ticks;

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tick() {
      if (++ticks > TICKS) {
        enough.complete(null);
      }
      return work.get();
    }

    /** So many ticks have ended. */
    void run(Supplier<Uni<Void>> next) throws Exception {
      enough = new CompletableFuture<>();
      work = next;
      ticks = 0;
      enough.get(60, TimeUnit.SECONDS);
    }
  }

  @Inject Ticking ticking;
  @Inject Database database;
  private CapturedLog log;

  @BeforeEach
  void look() {
    log = CapturedLog.of("");
  }

  @AfterEach
  void lookAway() throws Exception {
    ticking.run(() -> Uni.createFrom().voidItem());
    log.close();
  }

  @Test
  void tellsOnceThatTheDatabaseIsAwayAndOnceThatItIsBack() throws Exception {
    ticking.run(
        () -> Uni.createFrom().failure(new ConnectException("Connection refused:\n/10.0.0.1")));

    assertThat(lines())
        .containsExactly(
            "WARN " + SWEEP + " waits for what is away: Connection refused: /10.0.0.1");
    assertThat(log.traces()).isZero();

    ticking.run(() -> Uni.createFrom().voidItem());

    assertThat(lines()).last().isEqualTo("INFO " + SWEEP + " goes on: what was away is back");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void readsWhatTheDriverSaysOfALostConnection() throws Exception {
    ticking.run(
        () ->
            database
                .client()
                .query("select pg_terminate_backend(pg_backend_pid())")
                .execute()
                .replaceWithVoid());

    assertThat(lines()).singleElement().asString().startsWith("WARN " + SWEEP + " waits");
    assertThat(log.traces()).isZero();
  }

  @Test
  void tellsOfAFaultEveryTimeWithItsTrace() throws Exception {
    ticking.run(() -> Uni.createFrom().failure(new IllegalStateException("a bug")));

    assertThat(lines())
        .hasSizeGreaterThanOrEqualTo(TICKS)
        .containsOnly("ERROR " + SWEEP + " failed");
    assertThat(log.traces()).isGreaterThanOrEqualTo(TICKS);
  }

  /** Without those of the embedded PostgreSQL. */
  private List<String> lines() {
    return log.lines().stream().filter(line -> !line.contains(" UTC [")).toList();
  }
}
