package io.liangjiang.platform.errors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal with a stable reason; the only exception our code throws at a caller. */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One field that is wrong: its path in the request, and what is asked of it. */
  public record Violation(String field, String description) {}

  private final transient ErrorReason reason;
  private final transient Map<String, String> metadata = new LinkedHashMap<>();
  private final transient List<Violation> violations = new ArrayList<>();
  private transient @Nullable Duration retryDelay;

  /** A refusal; the message is for developers and must not carry personal data. */
  public ServiceException(ErrorReason reason, String message) {
    super(
        message, null, true,
        false); // a refusal is an answer, not a fault: no stack trace to pay for
    this.reason = reason;
  }

  /**
   * Adds what a program needs to act on the refusal, for example the id of the pool that is sold
   * out.
   */
  public ServiceException with(String key, Object value) {
    metadata.put(key, String.valueOf(value));
    return this;
  }

  /** Adds one field violation. */
  public ServiceException violation(String field, String description) {
    violations.add(new Violation(field, description));
    return this;
  }

  /** Says that the same request may work after a while. */
  public ServiceException retryAfter(Duration delay) {
    retryDelay = delay;
    return this;
  }

  public ErrorReason reason() {
    return reason;
  }

  public Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  public @Nullable Duration retryDelay() {
    return retryDelay;
  }
}
