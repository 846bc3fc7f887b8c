package io.liangjiang.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Context;
import io.grpc.Deadline;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void idleWriterAppliesOneItemAtOnce() {
    var writer = new BatchWriter<>(vertx, 10, 10, this::doubled);

    assertThat(writer.submit(21).await().atMost(LIMIT)).isEqualTo(42);
    assertThat(batches).containsExactly(List.of(21));
  }

  @Test
  void whatArrivesWhileABatchCommitsIsTheNextBatch() {
    var gate = new Gate();
    var writer = new BatchWriter<>(vertx, 10, 10, gate::hold);
    var first = writer.submit(1).subscribeAsCompletionStage();
    gate.awaitHeld(1);
    var second = writer.submit(2).subscribeAsCompletionStage();
    var third = writer.submit(3).subscribeAsCompletionStage();

    gate.release();
    gate.awaitHeld(2);
    gate.release();

    assertThat(List.of(get(first), get(second), get(third))).containsExactly(2, 4, 6);
    assertThat(batches).containsExactly(List.of(1), List.of(2, 3));
  }

  @Test
  void fullQueueAnswersOverloadedWithARetryHint() {
    var gate = new Gate();
    var writer = new BatchWriter<>(vertx, 2, 10, gate::hold);
    var running = writer.submit(1).subscribeAsCompletionStage();
    gate.awaitHeld(1);
    var waiting =
        List.of(2, 3).stream().map(i -> writer.submit(i).subscribeAsCompletionStage()).toList();

    var refusal = refusal(writer.submit(4));

    assertThat(refusal.reason()).isEqualTo(PlatformReason.OVERLOADED);
    assertThat(refusal.retryDelay()).isPositive();
    gate.release();
    gate.awaitHeld(2);
    gate.release();
    assertThat(get(running)).isEqualTo(2);
    assertThat(waiting).allSatisfy(w -> assertThat(get(w)).isPositive());
  }

  @Test
  void itemWhoseDeadlinePassedIsNotApplied() throws Exception {
    var gate = new Gate();
    var writer = new BatchWriter<>(vertx, 10, 10, gate::hold);
    var running = writer.submit(1).subscribeAsCompletionStage();
    gate.awaitHeld(1);
    var expired = Deadline.after(-1, TimeUnit.SECONDS);
    var timer = Executors.newSingleThreadScheduledExecutor();
    var late =
        Context.current()
            .withDeadline(expired, timer)
            .call(() -> writer.submit(2).subscribeAsCompletionStage());
    var inTime = writer.submit(3).subscribeAsCompletionStage();

    gate.release();
    gate.awaitHeld(2);
    gate.release();

    assertThat(get(running)).isEqualTo(2);
    assertThat(get(inTime)).isEqualTo(6);
    assertThat(catchThrowable(() -> get(late)))
        .hasRootCauseInstanceOf(ServiceException.class)
        .hasRootCauseMessage("waited too long");
    assertThat(batches).containsExactly(List.of(1), List.of(3));
    timer.shutdownNow();
  }

  @Test
  void onePoisonedItemFailsAlone() {
    var gate = new Gate();
    var writer =
        new BatchWriter<Integer, Integer>(
            vertx,
            100,
            100,
            items ->
                items.contains(13)
                    ? Uni.createFrom().failure(new IllegalStateException("poison"))
                    : gate.isOpen() ? doubled(items) : gate.hold(items));
    var first = writer.submit(0).subscribeAsCompletionStage();
    gate.awaitHeld(1);
    var all = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 1; i <= 20; i++) {
      all.add(writer.submit(i).subscribeAsCompletionStage());
    }

    gate.open();

    assertThat(get(first)).isZero();
    for (int i = 1; i <= 20; i++) {
      var one = all.get(i - 1);
      if (i == 13) {
        assertThat(catchThrowable(() -> get(one))).hasRootCauseMessage("poison");
      } else {
        assertThat(get(one)).isEqualTo(2 * i);
      }
    }
  }

  @Test
  void refusedItemDoesNotFailTheOthers() {
    var refusal = new ServiceException(PlatformReason.INVALID_ARGUMENT, "odd");
    var writer =
        new BatchWriter<Integer, Integer>(
            vertx,
            10,
            10,
            items ->
                Uni.createFrom()
                    .item(
                        items.stream()
                            .map(
                                i ->
                                    i % 2 == 1
                                        ? Outcome.<Integer>refused(refusal)
                                        : Outcome.done(i))
                            .toList()));

    assertThat(refusal(writer.submit(1))).isSameAs(refusal);
    assertThat(writer.submit(2).await().atMost(LIMIT)).isEqualTo(2);
  }

  @Test
  void manyItemsOfOneCallerAreAnsweredInOrderOverSeveralBatches() {
    var writer = new BatchWriter<>(vertx, 10, 2, this::doubled);

    var outcomes = writer.submitAll(List.of(1, 2, 3, 4, 5)).await().atMost(LIMIT);

    assertThat(outcomes).extracting(BatchWriterTest::result).containsExactly(2, 4, 6, 8, 10);
    assertThat(batches).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    assertThat(writer.submitAll(List.of()).await().atMost(LIMIT)).isEmpty();
    assertThat(writer.queued()).isZero();
  }

  @Test
  void queueTakesAllItemsOfACallerOrNone() {
    var writer = new BatchWriter<>(vertx, 3, 10, this::doubled);

    assertThat(refusal(writer.submitAll(List.of(1, 2, 3, 4))).reason())
        .isEqualTo(PlatformReason.OVERLOADED);
    assertThat(batches).isEmpty();
    assertThat(writer.submitAll(List.of(1, 2, 3)).await().atMost(LIMIT)).hasSize(3);
  }

  @Test
  void callerOfManyFailsWhenOneItemWasNeitherDoneNorRefused() {
    var writer =
        new BatchWriter<Integer, Integer>(
            vertx, 10, 10, items -> items.contains(0) ? boom() : doubled(items));

    assertThat(catchThrowable(() -> writer.submitAll(List.of(1, 0, 2)).await().atMost(LIMIT)))
        .hasMessage("boom");
    assertThat(batches).contains(List.of(1), List.of(2));
  }

  private static Integer result(Outcome<Integer> outcome) {
    return ((Outcome.Done<Integer>) outcome).result();
  }

  @Test
  void writerGoesOnAfterAFailedBatch() {
    var writer =
        new BatchWriter<Integer, Integer>(
            vertx, 10, 10, items -> items.contains(0) ? boom() : doubled(items));

    assertThat(catchThrowable(() -> writer.submit(0).await().atMost(LIMIT))).hasMessage("boom");
    assertThat(writer.submit(5).await().atMost(LIMIT)).isEqualTo(10);
  }

  private static Uni<List<Outcome<Integer>>> boom() {
    throw new IllegalStateException("boom");
  }

  private Uni<List<Outcome<Integer>>> doubled(List<Integer> items) {
    batches.add(items);
    return Uni.createFrom().item(items.stream().map(i -> Outcome.done(2 * i)).toList());
  }

  private static ServiceException refusal(Uni<?> call) {
    return (ServiceException) catchThrowable(() -> call.await().atMost(LIMIT));
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Holds batches back until the test lets them through. */
  private final class Gate {
    private final java.util.concurrent.BlockingQueue<Runnable> held =
        new java.util.concurrent.LinkedBlockingQueue<>();
    private final java.util.concurrent.Semaphore arrivals = new java.util.concurrent.Semaphore(0);
    private volatile boolean open;
    private int seen;

    Uni<List<Outcome<Integer>>> hold(List<Integer> items) {
      return Uni.createFrom()
          .<Boolean>emitter(emitter -> keep(emitter))
          .chain(ignored -> doubled(items));
    }

    private void keep(UniEmitter<? super Boolean> emitter) {
      held.add(() -> emitter.complete(true));
      arrivals.release();
    }

    void awaitHeld(int count) {
      try {
        assertThat(arrivals.tryAcquire(count - seen, LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        seen = count;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void release() {
      held.remove().run();
    }

    void open() {
      open = true;
      release();
    }

    boolean isOpen() {
      return open;
    }
  }
}
