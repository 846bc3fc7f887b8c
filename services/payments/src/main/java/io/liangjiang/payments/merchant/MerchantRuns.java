package io.liangjiang.payments.merchant;

import io.liangjiang.payments.merchant.MerchantRun.Failure;
import io.liangjiang.platform.sweep.SweepLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Does something for one merchant after the other; one that fails does not hold up the rest. */
public final class MerchantRuns {
  private static final Logger LOG = Logger.getLogger(MerchantRuns.class);

  private MerchantRuns() {}

  /**
   * Does the step for each merchant of a page.
   *
   * @param pageSize how many merchants a full page has
   * @param what is done, for the log
   * @param step what comes of it for a merchant; empty when nothing was due
   */
  public static <T> Uni<MerchantRun<T>> over(
      List<Merchant> page, int pageSize, String what, Function<Merchant, Uni<Optional<T>>> step) {
    String nextAfter = page.size() < pageSize ? "" : page.getLast().id();
    List<Failure> failures = new ArrayList<>();
    return Multi.createFrom()
        .iterable(page)
        .onItem()
        .transformToUniAndConcatenate(
            merchant ->
                Uni.createFrom()
                    .deferred(() -> step.apply(merchant))
                    .onFailure()
                    .invoke(failure -> report(failure, what, merchant))
                    .onFailure()
                    .recoverWithItem(
                        failure -> {
                          failures.add(Failure.of(merchant, failure));
                          return Optional.empty();
                        }))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .collect()
        .asList()
        .map(made -> new MerchantRun<>(made, failures, nextAfter));
  }

  private static void report(Throwable failure, String what, Merchant merchant) {
    if (SweepLog.isAway(failure)) {
      LOG.warnf("%s of %s waits: %s", what, merchant.id(), failure.getMessage());
    } else {
      LOG.errorf(failure, "%s of %s failed", what, merchant.id());
    }
  }
}
