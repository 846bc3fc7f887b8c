package io.liangjiang.sandbox.person;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/** Citizen identification numbers after GB 11643: 17 digits and an ISO 7064 MOD 11-2 character. */
final class IdNumber {
  private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{16}[0-9X]");
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK_CHARACTERS = "10X98765432";
  private static final DateTimeFormatter BIRTH =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  private IdNumber() {}

  /** Puts a number together: region of 6 digits, birth date, order code 0 to 999. */
  static String of(String region, LocalDate birth, int order) {
    String digits = region + BIRTH.format(birth) + "%03d".formatted(order);
    return digits + checkCharacter(digits);
  }

  /** Whether shape, birth date and check character are right. */
  static boolean isValid(String number) {
    if (number == null || !SHAPE.matcher(number).matches()) {
      return false;
    }
    try {
      LocalDate.parse(number.substring(6, 14), BIRTH);
    } catch (DateTimeParseException e) {
      return false;
    }
    return number.charAt(17) == checkCharacter(number.substring(0, 17));
  }

  private static char checkCharacter(String digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (digits.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECK_CHARACTERS.charAt(sum % 11);
  }
}
