package io.liangjiang.identity.work;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Work on many things, one after the other; the first failure ends it. */
public final class OneByOne {
  private OneByOne() {}

  /** Does it for each, in their order. */
  public static <T> Uni<Void> each(Iterable<T> things, Function<T, Uni<Void>> work) {
    return Multi.createFrom()
        .iterable(things)
        .onItem()
        .transformToUniAndConcatenate(work::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
