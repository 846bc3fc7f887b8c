package io.liangjiang.identity.citizen;

/**
 * A phone number as the super-app sends it: digits, for foreign numbers with whatever they contain.
 */
public record PhoneNumber(String digits) {
  private static final int SHOWN_AT_START = 3;
  private static final int SHOWN_AT_END = 4;
  private static final int MAX_LENGTH = 20;

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
