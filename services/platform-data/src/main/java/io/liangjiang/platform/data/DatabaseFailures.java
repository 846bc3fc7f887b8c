package io.liangjiang.platform.data;

import io.liangjiang.platform.errors.FailureReader;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads the driver's failures of statements that run outside {@link Database#inTransaction}, too.
 */
@ApplicationScoped
public class DatabaseFailures implements FailureReader {
  @Override
  public Throwable read(Throwable failure) {
    return DatabaseErrors.translate(failure);
  }
}
