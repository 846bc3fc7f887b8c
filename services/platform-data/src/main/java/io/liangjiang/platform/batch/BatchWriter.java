package io.liangjiang.platform.batch;

import io.grpc.Context;
import io.grpc.Deadline;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers concurrent writes and commits them together. There is no timer: an idle writer starts at
 * once, a busy one takes what has arrived meanwhile. The queue is bounded and answers OVERLOADED
 * when full; an item whose deadline has passed is not applied. One batch is under way at a time in
 * each process; several processes stay correct because the database decides.
 *
 * <p>When a batch fails as a whole for a reason that lies in its data, it is split and tried again,
 * so that one bad item fails alone; so an item must be safe to apply twice (an id that the database
 * knows already).
 */
public final class BatchWriter<I, R> {
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  /** Applies items in one transaction; yields one outcome an item, in the same order. */
  public interface Batch<I, R> extends Function<List<I>, Uni<List<Outcome<R>>>> {}

  private record Entry<I, R>(I item, int index, @Nullable Deadline deadline, Caller<R> caller) {}

  private final Queue<Entry<I, R>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int queueCapacity;
  private final int maxBatch;
  private final Batch<I, R> batch;
  private final io.vertx.core.Context own;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param vertx runs the writer on a context of its own
   * @param queueCapacity how many items may wait
   * @param maxBatch how many items go into one transaction
   * @param batch applies them
   */
  public BatchWriter(Vertx vertx, int queueCapacity, int maxBatch, Batch<I, R> batch) {
    this.queueCapacity = queueCapacity;
    this.maxBatch = maxBatch;
    this.batch = batch;
    this.own = vertx.getOrCreateContext();
  }

  /** Applies one item with the next batch; answers on the caller's own Vert.x context. */
  public Uni<R> submit(I item) {
    Deadline deadline = Context.current().getDeadline();
    return Uni.createFrom()
        .emitter(emitter -> enqueue(List.of(item), deadline, Caller.ofOne(emitter)));
  }

  /**
   * Applies items with the next batches, each for itself, and answers when all are done: one
   * outcome an item, in the same order. Fails as a whole when an item was neither done nor refused;
   * what was applied by then stays. The queue takes all of them or none.
   */
  public Uni<List<Outcome<R>>> submitAll(List<I> items) {
    if (items.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Deadline deadline = Context.current().getDeadline();
    return Uni.createFrom()
        .emitter(emitter -> enqueue(items, deadline, Caller.ofMany(items.size(), emitter)));
  }

  /** Items that wait now. */
  public int queued() {
    return waiting.get();
  }

  private void enqueue(List<I> items, @Nullable Deadline deadline, Caller<R> caller) {
    int count = items.size();
    if (waiting.addAndGet(count) > queueCapacity) {
      waiting.addAndGet(-count);
      caller.failNow(
          new ServiceException(PlatformReason.OVERLOADED, "too many requests wait already")
              .retryAfter(RETRY_DELAY));
      return;
    }
    for (int i = 0; i < count; i++) {
      queue.add(new Entry<>(items.get(i), i, deadline, caller));
    }
    wake();
  }

  private void wake() {
    if (busy.compareAndSet(false, true)) {
      own.runOnContext(nothing -> next());
    }
  }

  private void next() {
    List<Entry<I, R>> entries = take();
    if (entries.isEmpty()) {
      busy.set(false);
      if (!queue.isEmpty()) {
        wake();
      }
      return;
    }
    apply(entries, true).subscribe().with(done -> next(), failure -> next());
  }

  private List<Entry<I, R>> take() {
    List<Entry<I, R>> live = new ArrayList<>(Math.min(waiting.get(), maxBatch));
    Entry<I, R> entry = queue.poll();
    while (entry != null) {
      waiting.decrementAndGet();
      if (entry.deadline != null && entry.deadline.isExpired()) {
        fail(entry, new ServiceException(PlatformReason.DEADLINE_EXCEEDED, "waited too long"));
      } else {
        live.add(entry);
      }
      entry = live.size() < maxBatch ? queue.poll() : null;
    }
    return live;
  }

  private Uni<Void> apply(List<Entry<I, R>> entries, boolean mayRepeat) {
    return Uni.createFrom()
        .deferred(() -> batch.apply(entries.stream().map(Entry::item).toList()))
        .invoke(outcomes -> answer(entries, outcomes))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> recover(entries, failure, mayRepeat));
  }

  private Uni<Void> recover(List<Entry<I, R>> entries, Throwable failure, boolean mayRepeat) {
    if (mayRepeat && DatabaseErrors.isTransient(failure)) {
      return apply(entries, false);
    }
    boolean hopeless =
        entries.size() == 1
            || DatabaseErrors.isUnreachable(failure)
            || failure instanceof ServiceException;
    if (hopeless) {
      entries.forEach(entry -> fail(entry, failure));
      return Uni.createFrom().voidItem();
    }
    int middle = entries.size() / 2;
    return apply(entries.subList(0, middle), true)
        .chain(() -> apply(entries.subList(middle, entries.size()), true));
  }

  private void answer(List<Entry<I, R>> entries, List<Outcome<R>> outcomes) {
    if (entries.size() != outcomes.size()) {
      throw new IllegalStateException("a batch must yield one outcome an item");
    }
    for (int i = 0; i < entries.size(); i++) {
      Entry<I, R> entry = entries.get(i);
      entry.caller.answer(entry.index, outcomes.get(i));
    }
  }

  private static <I, R> void fail(Entry<I, R> entry, Throwable failure) {
    entry.caller.fail(DatabaseErrors.translate(failure));
  }
}
