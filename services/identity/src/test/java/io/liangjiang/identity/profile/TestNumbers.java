package io.liangjiang.identity.profile;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes identification numbers, with the weights of the standard's table instead of the product's
 * recursion.
 */
public final class TestNumbers {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private TestNumbers() {}

  public static String of(String region, LocalDate birth, int order) {
    String digits =
        region + birth.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(order);
    return digits + checkCharacter(digits);
  }

  /** Somebody's, whom no other test knows. */
  public static String random() {
    var random = ThreadLocalRandom.current();
    LocalDate birth = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(30_000));
    return of("5001" + "%02d".formatted(random.nextInt(1, 60)), birth, random.nextInt(1_000));
  }

  static char checkCharacter(String digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (digits.charAt(i) - '0') * WEIGHTS[i];
    }
    return "10X98765432".charAt(sum % 11);
  }
}
