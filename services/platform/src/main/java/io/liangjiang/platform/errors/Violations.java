package io.liangjiang.platform.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects every field that is wrong, so that a caller learns of all of them at once. */
public final class Violations {
  private static final int UUID_LENGTH = 36;

  private final List<ServiceException.Violation> found = new ArrayList<>();

  /** Notes a violation unless the condition holds. */
  public Violations require(boolean ok, String field, String description) {
    if (!ok) {
      found.add(new ServiceException.Violation(field, description));
    }
    return this;
  }

  /** The field must be a UUID in its canonical form of 36 characters. */
  public Violations requireUuid(String value, String field) {
    return require(isUuid(value), field, "must be a UUID");
  }

  /** The field must have between min and max characters, none of them a control character. */
  public Violations requireText(String value, int min, int max, String field) {
    boolean ok =
        value.length() >= min
            && value.length() <= max
            && value.chars().noneMatch(Character::isISOControl)
            && (min == 0 || !value.isBlank());
    return require(ok, field, "must have " + min + " to " + max + " characters");
  }

  /** Throws INVALID_ARGUMENT with all that was found. */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    var refusal =
        new ServiceException(
            PlatformReason.INVALID_ARGUMENT,
            found.getFirst().field() + " " + found.getFirst().description());
    found.forEach(v -> refusal.violation(v.field(), v.description()));
    throw refusal;
  }

  /** Reads a request id. Errors: INVALID_REQUEST_ID. */
  public static UUID requestId(String value) {
    if (!isUuid(value)) {
      throw new ServiceException(PlatformReason.INVALID_REQUEST_ID, "request_id must be a UUID")
          .violation("request_id", "must be a UUID");
    }
    return UUID.fromString(value);
  }

  /** Whether the text is a UUID in its canonical form. */
  public static boolean isUuid(@Nullable String value) {
    if (value == null || value.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = value.charAt(i);
      if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
        return false;
      }
    }
    return true;
  }
}
