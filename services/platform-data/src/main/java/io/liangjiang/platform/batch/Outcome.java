package io.liangjiang.platform.batch;

import io.liangjiang.platform.errors.ServiceException;

/** What became of one item of a batch: one item's refusal does not fail the others. */
public sealed interface Outcome<R> {
  /** The item was applied. */
  record Done<R>(R result) implements Outcome<R> {}

  /** The item was refused and wrote nothing. */
  record Refused<R>(ServiceException refusal) implements Outcome<R> {}

  static <R> Outcome<R> done(R result) {
    return new Done<>(result);
  }

  static <R> Outcome<R> refused(ServiceException refusal) {
    return new Refused<>(refusal);
  }
}
