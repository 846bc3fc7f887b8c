package io.liangjiang.payments.sweep;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Goes through what is due. */
public final class Sweep {
  /** How much one step of a sweep takes. */
  public static final int LIMIT = 100;

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private Sweep() {}

  /**
   * Works on each in turn; a failure is logged and does not keep the others waiting.
   *
   * @param what how an item is called in the log, for example "refund"
   * @param name what names an item in the log; nothing personal
   */
  public static <T> Uni<Void> each(
      Uni<List<T>> due, String what, Function<T, Object> name, Function<T, Uni<Void>> work) {
    return due.onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found))
        .onItem()
        .transformToUniAndConcatenate(
            item ->
                Uni.createFrom()
                    .deferred(() -> work.apply(item))
                    .onFailure()
                    .invoke(
                        failure ->
                            LOG.warnf("%s %s: %s", what, name.apply(item), failure.getMessage()))
                    .onFailure()
                    .recoverWithNull())
        .collect()
        .last()
        .replaceWithVoid();
  }
}
