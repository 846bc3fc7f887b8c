package io.liangjiang.healthcare.rules;

import static io.liangjiang.healthcare.rules.ShanghaiSlots.DAY;
import static io.liangjiang.healthcare.rules.ShanghaiSlots.ZONE;
import static io.liangjiang.healthcare.rules.ShanghaiSlots.at;
import static io.liangjiang.healthcare.rules.ShanghaiSlots.keptForDay;
import static io.liangjiang.healthcare.rules.ShanghaiSlots.slotAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures are those that the region's children's hospital published. */
class BookingRuleTest {
  private static final LocalTime SEVEN = LocalTime.of(7, 0);
  private static final LocalTime SEVEN_IN_THE_EVENING = LocalTime.of(19, 0);
  private static final BookingRule GENERAL =
      new BookingRule(SEVEN, SEVEN_IN_THE_EVENING, 1, 7, false);
  private static final BookingRule SPECIAL =
      new BookingRule(SEVEN, SEVEN_IN_THE_EVENING, 1, 30, false);
  private static final BookingRule CHILD_CARE =
      new BookingRule(SEVEN, SEVEN_IN_THE_EVENING, 1, 3, false);
  private static final BookingRule WALK_IN =
      new BookingRule(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, 1, 7, true);

  @Test
  void releasesAdvanceNumbersAtSevenInTheEveningSevenDaysAhead() {
    assertThat(open(GENERAL, at(DAY.minusDays(7), "18:59:59.999"))).isFalse();
    assertThat(open(GENERAL, at(DAY.minusDays(7), "19:00"))).isTrue();
  }

  @Test
  void readsItsHoursInTheHospitalsZone() {
    assertThat(GENERAL.windowAt(Instant.EPOCH, slotAt("09:00")).opensAt())
        .isEqualTo(Instant.parse("2026-03-11T11:00:00Z"));
  }

  @Test
  void keepsAdvanceNumbersOpenUntilTheEndOfTheDayBefore() {
    assertThat(open(GENERAL, at(DAY.minusDays(1), "23:59:59"))).isTrue();
    assertThat(open(GENERAL, at(DAY, "00:00"))).isFalse();
  }

  @Test
  void releasesNumbersOfTheSameDayAtSeven() {
    assertThat(open(GENERAL, at(DAY, "06:59:59"))).isFalse();
    assertThat(open(GENERAL, at(DAY, "07:00"))).isTrue();
    assertThat(GENERAL.windowAt(at(DAY, "03:00"), slotAt("09:00")).opensAt())
        .isEqualTo(at(DAY, "07:00"));
  }

  @Test
  void closesWhenTheSlotStarts() {
    assertThat(open(GENERAL, at(DAY, "08:59:59"))).isTrue();
    assertThat(open(GENERAL, at(DAY, "09:00"))).isFalse();
    assertThat(GENERAL.windowAt(at(DAY, "10:00"), slotAt("09:00")).closesAt())
        .isEqualTo(at(DAY, "09:00"));
  }

  @Test
  void keepsARunningSlotOpenWhereTheClinicSaysSo() {
    assertThat(open(WALK_IN, at(DAY, "09:09:59"))).isTrue();
    assertThat(open(WALK_IN, at(DAY, "09:10"))).isFalse();
  }

  @Test
  void releasesSpecialClinicsThirtyDaysAhead() {
    assertThat(open(SPECIAL, at(DAY.minusDays(30), "18:59"))).isFalse();
    assertThat(open(SPECIAL, at(DAY.minusDays(30), "19:00"))).isTrue();
    assertThat(open(SPECIAL, at(DAY.minusDays(31), "23:59"))).isFalse();
  }

  @Test
  void releasesChildCareThreeDaysAhead() {
    assertThat(open(CHILD_CARE, at(DAY.minusDays(4), "23:59"))).isFalse();
    assertThat(open(CHILD_CARE, at(DAY.minusDays(3), "19:00"))).isTrue();
  }

  @Test
  void closesEarlierWhereTheFirstDayIsNotTomorrow() {
    var rule = new BookingRule(null, SEVEN_IN_THE_EVENING, 2, 7, false);

    assertThat(open(rule, at(DAY.minusDays(2), "23:59"))).isTrue();
    assertThat(open(rule, at(DAY.minusDays(1), "00:00"))).isFalse();
    assertThat(open(rule, at(DAY, "08:00"))).isFalse();
  }

  @Test
  void keepsNumbersOfTheDayForTheDay() {
    var kept = keptForDay("09:00");

    assertThat(GENERAL.windowAt(at(DAY.minusDays(2), "20:00"), kept))
        .isEqualTo(new BookingWindow(at(DAY, "07:00"), at(DAY, "09:00")));
  }

  @Test
  void neverOpensNumbersOfTheDayThatStartBeforeTheRelease() {
    var rule = new BookingRule(LocalTime.of(10, 0), SEVEN_IN_THE_EVENING, 1, 7, false);

    assertThat(rule.windowAt(at(DAY, "08:00"), keptForDay("09:00")).isOpenAt(at(DAY, "08:00")))
        .isFalse();
    assertThat(rule.windowAt(at(DAY, "09:30"), slotAt("09:00")).isOpenAt(at(DAY, "09:30")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00:00", "03:00", "06:59", "07:00", "12:00", "18:59", "19:00", "23:59"})
  void hasGeneralNumbersOpenForTheNextSixDaysAtAnyHour(String hour) {
    for (int ahead = 1; ahead <= 6; ahead++) {
      assertThat(open(GENERAL, at(DAY.minusDays(ahead), hour))).as("%d days ahead", ahead).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00:00", "03:00", "09:05"})
  void hasWalkInNumbersOfTheSameDayOpenAtAnyHour(String hour) {
    assertThat(open(WALK_IN, at(DAY, hour))).isTrue();
  }

  @Test
  void followsSummerTimeWhereAZoneHasIt() {
    var berlin = java.time.ZoneId.of("Europe/Berlin");
    var day = LocalDate.parse("2026-03-30");
    Instant start = day.atTime(9, 0).atZone(berlin).toInstant();
    var slot =
        new SlotTime(day, start, start.plusSeconds(600), start.plusSeconds(600), false, berlin);

    assertThat(GENERAL.windowAt(Instant.EPOCH, slot).opensAt())
        .isEqualTo(Instant.parse("2026-03-23T18:00:00Z"));
    assertThat(GENERAL.windowAt(start.minusSeconds(1), slot).opensAt())
        .isEqualTo(Instant.parse("2026-03-30T05:00:00Z"));
  }

  @Test
  void refusesDaysOutOfOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BookingRule(null, SEVEN, 3, 2, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BookingRule(null, SEVEN, 0, 2, false));
  }

  @Test
  void countsADayFromMidnightToMidnightInTheZone() {
    assertThat(slotAt("09:00").dayStart()).isEqualTo(DAY.atStartOfDay(ZONE).toInstant());
    assertThat(slotAt("09:00").dayEnd()).isEqualTo(Instant.parse("2026-03-18T16:00:00Z"));
  }

  private static boolean open(BookingRule rule, Instant now) {
    return rule.windowAt(now, slotAt("09:00")).isOpenAt(now);
  }
}
