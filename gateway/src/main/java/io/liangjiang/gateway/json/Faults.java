package io.liangjiang.gateway.json;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ErrorReason;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.ServiceException.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request's fields, collected so that a developer learns of all of it at once.
 */
public final class Faults {
  private static final int MAX_FAULTS = 20;

  private final List<Violation> violations = new ArrayList<>();
  private @Nullable String unknownField;

  /** Notes a field that has a wrong value. */
  public void add(String field, String description) {
    if (violations.size() < MAX_FAULTS) {
      violations.add(new Violation(field, description));
    }
  }

  /** Notes a field that the request does not know. */
  public void addUnknown(String field) {
    if (unknownField == null) {
      unknownField = field;
    }
    add(field, "is not a field of this request");
  }

  /**
   * Throws UNKNOWN_FIELD or INVALID_ARGUMENT with all that was noted; the metadata name the first
   * unknown field.
   */
  public void throwIfAny() {
    if (violations.isEmpty()) {
      return;
    }
    ErrorReason reason =
        unknownField == null ? PlatformReason.INVALID_ARGUMENT : GatewayReason.UNKNOWN_FIELD;
    Violation first = violations.getFirst();
    var refusal = new ServiceException(reason, first.field() + " " + first.description());
    violations.forEach(v -> refusal.violation(v.field(), v.description()));
    if (unknownField != null) {
      refusal.with("field", unknownField);
    }
    throw refusal;
  }
}
