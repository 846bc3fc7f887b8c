package io.liangjiang.sandbox;

/**
 * An answer that is an error: HTTP status and the {@code {code, message}} that the caller reads.
 */
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** Makes the error that is sent with this HTTP status. */
  public SandboxException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Stable code, upper case. */
  public String code() {
    return code;
  }
}
