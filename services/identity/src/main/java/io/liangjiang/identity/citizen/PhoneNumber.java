package io.liangjiang.identity.citizen;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone number as the super-app sends it: digits, for foreign numbers with whatever they contain.
 */
public record PhoneNumber(String digits) {
  private static final Pattern MOBILE = Pattern.compile("(\\+86)?(?<digits>1[3-9][0-9]{9})");
  private static final int SHOWN_AT_START = 3;
  private static final int SHOWN_AT_END = 4;
  private static final int MAX_LENGTH = 20;

  /** A mainland mobile number as somebody types it, with +86 or without; empty for what is none. */
  public static Optional<PhoneNumber> mobile(String text) {
    Matcher matcher = MOBILE.matcher(text);
    return matcher.matches()
        ? Optional.of(new PhoneNumber(matcher.group("digits")))
        : Optional.empty();
  }

  /** A mainland mobile number of a request. Errors: INVALID_ARGUMENT for what is none. */
  public static PhoneNumber require(String text, String field) {
    return mobile(text)
        .orElseThrow(
            () ->
                new ServiceException(
                        PlatformReason.INVALID_ARGUMENT, field + " is no mobile number")
                    .violation(field, "must be a mainland mobile number of 11 digits"));
  }

  /** Keeps the digits, at most 20. */
  public static PhoneNumber of(String text) {
    String digits = text.replaceAll("[^0-9]", "");
    return new PhoneNumber(
        digits.length() <= MAX_LENGTH ? digits : digits.substring(0, MAX_LENGTH));
  }

  /**
   * The number with its middle masked, {@code 138****0001}; a number too short for that is masked
   * whole.
   */
  public String masked() {
    int hidden = digits.length() - SHOWN_AT_START - SHOWN_AT_END;
    if (hidden <= 0) {
      return "*".repeat(digits.length());
    }
    return digits.substring(0, SHOWN_AT_START)
        + "*".repeat(hidden)
        + digits.substring(digits.length() - SHOWN_AT_END);
  }

  @Override
  public String toString() {
    return masked();
  }
}
