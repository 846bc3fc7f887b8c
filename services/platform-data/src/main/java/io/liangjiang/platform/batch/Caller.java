package io.liangjiang.platform.batch;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for items, and hears of them on its own Vert.x context when the last one is done. Only
 * the writer answers, one batch after the other, so nothing here is locked.
 */
final class Caller<R> {
  private final @Nullable Context context = Vertx.currentContext();
  private final List<@Nullable Outcome<R>> outcomes;
  private final Consumer<List<Outcome<R>>> done;
  private final Consumer<Throwable> failed;
  private int left;
  private @Nullable Throwable failure;

  private Caller(int count, Consumer<List<Outcome<R>>> done, Consumer<Throwable> failed) {
    this.outcomes = new ArrayList<>(Collections.nCopies(count, null));
    this.left = count;
    this.done = done;
    this.failed = failed;
  }

  static <R> Caller<R> ofOne(UniEmitter<? super R> emitter) {
    return new Caller<>(1, outcomes -> complete(emitter, outcomes.getFirst()), emitter::fail);
  }

  static <R> Caller<R> ofMany(int count, UniEmitter<? super List<Outcome<R>>> emitter) {
    return new Caller<>(count, emitter::complete, emitter::fail);
  }

  void answer(int index, Outcome<R> outcome) {
    outcomes.set(index, outcome);
    countDown();
  }

  void fail(Throwable itemFailure) {
    failure = itemFailure;
    countDown();
  }

  /** Before anything waits, and on the caller's own thread. */
  void failNow(Throwable refusal) {
    failed.accept(refusal);
  }

  private void countDown() {
    left--;
    if (left > 0) {
      return;
    }
    if (context == null) {
      tell();
    } else {
      context.runOnContext(nothing -> tell());
    }
  }

  @SuppressWarnings("NullAway") // without a failure every item has its outcome
  private void tell() {
    if (failure != null) {
      failed.accept(failure);
    } else {
      done.accept(outcomes);
    }
  }

  private static <R> void complete(UniEmitter<? super R> emitter, Outcome<R> outcome) {
    switch (outcome) {
      case Outcome.Done<R>(R result) -> emitter.complete(result);
      case Outcome.Refused<R>(var refusal) -> emitter.fail(refusal);
    }
  }
}
