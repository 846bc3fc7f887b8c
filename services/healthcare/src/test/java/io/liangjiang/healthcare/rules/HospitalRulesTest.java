package io.liangjiang.healthcare.rules;

import static io.liangjiang.healthcare.rules.ShanghaiSlots.DAY;
import static io.liangjiang.healthcare.rules.ShanghaiSlots.at;
import static io.liangjiang.healthcare.rules.ShanghaiSlots.slotAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HospitalRulesTest {

  @Test
  void takesAppointmentsBackUntilTwentyToMidnightOfTheDayBefore() {
    assertThat(rules(LocalTime.of(23, 40), 120).cancelDeadline(slotAt("09:00")))
        .isEqualTo(at(DAY.minusDays(1), "23:40"));
  }

  @Test
  void takesAppointmentsBackUntilTheyStartWithoutADeadline() {
    assertThat(rules(null, 120).cancelDeadline(slotAt("09:00"))).isEqualTo(at(DAY, "09:00"));
  }

  @Test
  void letsThePatientCheckInSomeTimeBeforeTheSlotUntilTheSessionEnds() {
    assertThat(rules(null, 120).patientCheckIn(slotAt("09:30")))
        .isEqualTo(new BookingWindow(at(DAY, "07:30"), at(DAY, "12:00")));
  }

  @Test
  void neverLetsThePatientCheckInTheDayBefore() {
    assertThat(rules(null, 1440).patientCheckIn(slotAt("09:30")).opensAt())
        .isEqualTo(at(DAY, "00:00"));
  }

  @Test
  void letsTheDeskCheckInAllDayAndOnNoOther() {
    var desk = rules(null, 120).deskCheckIn(slotAt("09:30"));

    assertThat(desk.isOpenAt(at(DAY, "00:00"))).isTrue();
    assertThat(desk.isOpenAt(at(DAY, "23:59:59"))).isTrue();
    assertThat(desk.isOpenAt(at(DAY.minusDays(1), "23:59:59"))).isFalse();
    assertThat(desk.isOpenAt(at(DAY.plusDays(1), "00:00"))).isFalse();
  }

  private static HospitalRules rules(@Nullable LocalTime cancelUntil, long checkInMinutes) {
    return new HospitalRules(
        new DayLimit(3, 1),
        new NoShowRule(3, 30, 90),
        cancelUntil,
        Duration.ofMinutes(checkInMinutes));
  }
}
