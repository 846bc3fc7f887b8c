package io.liangjiang.identity.profile;

import io.liangjiang.platform.citizenid.CitizenIdNumber;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Which well-formed numbers can be a living person's: issued in a province of GB/T 2260, born
 * between 1900 and today.
 */
final class IdNumbers {
  private static final Set<Integer> PROVINCES =
      Set.of(
          11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
          51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83);
  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

  private IdNumbers() {}

  /** Reads a number; empty when it cannot be a person's who lives on that day. */
  static Optional<CitizenIdNumber> parse(String text, LocalDate today) {
    return CitizenIdNumber.parse(text)
        .filter(number -> PROVINCES.contains(Integer.parseInt(number.clearText(), 0, 2, 10)))
        .filter(number -> !number.birthDate().isBefore(EARLIEST_BIRTH))
        .filter(number -> !number.birthDate().isAfter(today));
  }
}
