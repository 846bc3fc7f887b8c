package io.liangjiang.identity.work;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Work that is good once, shared by copies of a request that are under way together: one does it,
 * all get its result, each where it was.
 *
 * @param <K> what makes two requests copies
 * @param <T> what comes of it
 */
public final class Flights<K, T> {
  private final Map<K, Uni<T>> underWay = new ConcurrentHashMap<>();

  /** The result of the copy that is under way, or of the work, which begins then. */
  public Uni<T> join(K key, Supplier<Uni<T>> work) {
    return CallerContext.deliver(underWay.computeIfAbsent(key, k -> begin(k, work.get())));
  }

  private Uni<T> begin(K key, Uni<T> work) {
    return work.onTermination().invoke(() -> underWay.remove(key)).memoize().indefinitely();
  }
}
