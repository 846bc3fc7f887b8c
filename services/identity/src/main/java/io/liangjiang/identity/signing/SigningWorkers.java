package io.liangjiang.identity.signing;

import io.liangjiang.identity.work.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** The threads that sign: an RS256 signature takes 1.2 ms of a processor. */
@ApplicationScoped
class SigningWorkers {
  private static final int MAX_QUEUED = 1_024;

  private final Workers workers =
      new Workers("signing", Runtime.getRuntime().availableProcessors(), MAX_QUEUED);

  <T> Uni<T> run(Supplier<T> work) {
    return workers.run(work);
  }

  @PreDestroy
  void close() {
    workers.close();
  }
}
