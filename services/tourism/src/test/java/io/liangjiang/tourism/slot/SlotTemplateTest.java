package io.liangjiang.tourism.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SlotTemplateTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 3);

  private final SlotTemplate template =
      new SlotTemplate("p", "s", Set.of(2, 3), LocalTime.of(8, 30), 120, 3, 50, 30, 15);

  @Test
  void makesOneSlotAfterTheOtherInTheCitysTime() {
    var slots = template.slotsOn(TUESDAY, ZONE);

    assertThat(slots).extracting(SlotTemplate.Planned::quota).containsExactly(50, 50, 50);
    assertThat(slots)
        .extracting(planned -> planned.slot().times().start())
        .containsExactly(
            Instant.parse("2026-03-03T00:30:00Z"),
            Instant.parse("2026-03-03T02:30:00Z"),
            Instant.parse("2026-03-03T04:30:00Z"));
    var times = slots.getLast().slot().times();
    assertThat(times)
        .isEqualTo(
            new TimeSlot.Times(
                Instant.parse("2026-03-03T04:30:00Z"),
                Instant.parse("2026-03-03T06:30:00Z"),
                Instant.parse("2026-03-03T04:00:00Z"),
                Instant.parse("2026-03-03T06:45:00Z")));
    assertThat(slots.getFirst().slot().dayPoolId()).isEqualTo("site-day/s/2026-03-03");
  }

  @Test
  void givesTheSameIdsEachTimeAndOtherIdsOnOtherDays() {
    var once = template.slotsOn(TUESDAY, ZONE);

    assertThat(template.slotsOn(TUESDAY, ZONE)).isEqualTo(once);
    assertThat(template.slotsOn(TUESDAY.plusDays(1), ZONE))
        .extracting(planned -> planned.slot().timeSlotId())
        .doesNotContainAnyElementsOf(
            once.stream().map(planned -> planned.slot().timeSlotId()).toList());
  }

  @Test
  void isClosedOnOtherWeekdays() {
    assertThat(template.slotsOn(TUESDAY.minusDays(1), ZONE)).isEmpty();
  }

  @Test
  void sellsUntilTheEnd() {
    var slot = template.slotsOn(TUESDAY, ZONE).getFirst().slot();

    assertThat(slot.isOnSaleAt(slot.times().end().minusNanos(1))).isTrue();
    assertThat(slot.isOnSaleAt(slot.times().end())).isFalse();
  }
}
