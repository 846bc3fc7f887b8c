package io.liangjiang.identity.delegation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * From which birthday on a parent's power needs the child's consent, and from which it ends. A
 * birthday counts from its first minute in the city: in doubt the child is older.
 *
 * @param consentAge years by deed, see {@link Powers#deed}; the Personal Information Protection Law
 *     (article 31) asks for 14 where data is read
 * @param majority years; 18 by the Civil Code (article 17)
 */
record AgeBorders(Map<String, Integer> consentAge, int majority) {
  static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

  /** When the power begins to need consent; with or after the majority it just ends. */
  Instant consentFrom(String power, LocalDate birthDate) {
    return birthday(birthDate, consentAge.getOrDefault(Powers.deed(power), majority));
  }

  Instant majorityFrom(LocalDate birthDate) {
    return birthday(birthDate, majority);
  }

  boolean isOfAge(LocalDate birthDate, Instant now) {
    return !now.isBefore(majorityFrom(birthDate));
  }

  /** Who was born on 29 February has a birthday on the 28th where there is no 29th. */
  private static Instant birthday(LocalDate birthDate, int years) {
    return birthDate.plusYears(years).atStartOfDay(CITY).toInstant();
  }
}
