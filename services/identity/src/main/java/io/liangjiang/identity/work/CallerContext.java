package io.liangjiang.identity.work;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Brings a result that several callers share back to where each of them was. */
public final class CallerContext {
  private CallerContext() {}

  /** The same result, delivered on the Vert.x context of whoever calls this method. */
  public static <T> Uni<T> deliver(Uni<T> shared) {
    Context caller = Vertx.currentContext();
    return caller == null
        ? shared
        : shared.emitOn(work -> caller.runOnContext(ignored -> work.run()));
  }
}
