package io.liangjiang.standalone.process;

/**
 * Why the city does not stand, in words for the person at the terminal; the message says what to do
 * about it.
 */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A failure that the message explains alone. */
  public StartFailure(String message) {
    super(message);
  }

  /** A failure with the error behind it. */
  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
