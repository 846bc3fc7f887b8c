package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerSteps.Batch;
import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Turns a property round: it must be refuted, and by an example that somebody can read. */
final class PlantedBugIsFound implements AroundPropertyHook {
  private static final int MAX_STEPS = 10;

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    if (result.status() != Status.FAILED
        || !(result.throwable().orElse(null) instanceof AssertionError)) {
      return result.mapToFailed("the planted bug was not found: " + result);
    }
    List<?> batches =
        result.falsifiedParameters().map(all -> (List<?>) all.getFirst()).orElseThrow();
    int steps =
        batches.stream()
            .flatMap(batch -> ((Batch) batch).groups().stream())
            .mapToInt(List::size)
            .sum();
    return steps <= MAX_STEPS
        ? result.mapToSuccessful()
        : result.mapToFailed("found, but by %d steps: %s".formatted(steps, batches));
  }
}
