package io.liangjiang.platform.citizenid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A well-formed citizen identification number (GB 11643): six digits of the region, eight of the
 * date of birth, three of the order, and a check character (ISO 7064 MOD 11-2) whose tenth value is
 * an upper-case X. Its text form masks it, so that it cannot slip into a log.
 */
public final class CitizenIdNumber {
  /** Characters of a number. */
  public static final int LENGTH = 18;

  private static final int CHECKED = LENGTH - 1;
  private static final int MODULUS = 11;
  private static final String CHECK_CHARACTERS = "0123456789X";
  private static final int EARLIEST_YEAR = 1800;

  private final String digits;
  private final LocalDate birthDate;

  private CitizenIdNumber(String digits, LocalDate birthDate) {
    this.digits = digits;
    this.birthDate = birthDate;
  }

  /** Reads a number; empty when its form, date of birth or check character is wrong. */
  public static Optional<CitizenIdNumber> parse(String text) {
    if (text.length() != LENGTH
        || !text.chars().limit(CHECKED).allMatch(c -> c >= '0' && c <= '9')
        || text.charAt(0) == '0'
        || text.charAt(CHECKED) != checkCharacter(text)) {
      return Optional.empty();
    }
    return birthDate(text).map(date -> new CitizenIdNumber(text, date));
  }

  /** The check character that belongs to the first 17 digits of a text. */
  static char checkCharacter(String text) {
    int sum = 0;
    for (int i = 0; i < CHECKED; i++) {
      sum = (sum + (text.charAt(i) - '0')) * 2 % MODULUS;
    }
    return CHECK_CHARACTERS.charAt((1 - sum + MODULUS) % MODULUS);
  }

  private static Optional<LocalDate> birthDate(String text) {
    try {
      var date =
          LocalDate.of(
              Integer.parseInt(text, 6, 10, 10),
              Integer.parseInt(text, 10, 12, 10),
              Integer.parseInt(text, 12, 14, 10));
      return date.getYear() < EARLIEST_YEAR ? Optional.empty() : Optional.of(date);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The 18 characters in the clear: encrypt them before they are kept. */
  public String clearText() {
    return digits;
  }

  /** The date of birth that is part of the number. */
  public LocalDate birthDate() {
    return birthDate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CitizenIdNumber number && number.digits.equals(digits);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  /** The region and asterisks. */
  @Override
  public String toString() {
    return digits.substring(0, 2) + "*".repeat(LENGTH - 2);
  }
}
