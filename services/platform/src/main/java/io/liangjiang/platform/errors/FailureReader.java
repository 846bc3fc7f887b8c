package io.liangjiang.platform.errors;

/**
 * Knows what the failures of one library mean to a caller, wherever in a request they arise: a
 * database that is away is no fault of the service.
 */
public interface FailureReader {
  /** A {@link ServiceException} for what it knows; anything else as it came. */
  Throwable read(Throwable failure);
}
