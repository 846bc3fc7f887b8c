package io.liangjiang.identity.profile;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes identification numbers, with the weights of the standard's table instead of the product's
 * recursion.
 */
public final class TestNumbers {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private static final int REGIONS = 200;
  private static final int ORDERS_OF_A_DAY = 1000;

  /** Starts anywhere: the database may know who came in an earlier run of the application. */
  private static final AtomicInteger PEOPLE =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(REGIONS * ORDERS_OF_A_DAY));

  private TestNumbers() {}

  public static String of(String region, LocalDate birth, int order) {
    String digits =
        region + birth.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(order);
    return digits + checkCharacter(digits);
  }

  /** Somebody's, whom no other test knows. */
  public static String random() {
    var random = ThreadLocalRandom.current();
    return bornOn(LocalDate.of(1930, 1, 1).plusDays(random.nextInt(30_000)));
  }

  /** Somebody's who was born that day and whom no other test knows. */
  public static String bornOn(LocalDate birth) {
    int person = PEOPLE.getAndIncrement();
    return of(
        "500%03d".formatted(100 + person / ORDERS_OF_A_DAY % REGIONS),
        birth,
        person % ORDERS_OF_A_DAY);
  }

  static char checkCharacter(String digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (digits.charAt(i) - '0') * WEIGHTS[i];
    }
    return "10X98765432".charAt(sum % 11);
  }
}
