package io.liangjiang.healthcare.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More than 3 no-shows in 30 days: no booking for 90 days. */
class NoShowRuleTest {
  private static final NoShowRule RULE = new NoShowRule(3, 30, 90);
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  @Test
  void forgivesThreeNoShows() {
    assertThat(RULE.blockedUntil(days(0, 1, 2), FIRST.plusDays(3))).isNull();
  }

  @Test
  void blocksForNinetyDaysFromTheFourth() {
    assertThat(RULE.blockedUntil(days(0, 1, 2, 10), FIRST.plusDays(10)))
        .isEqualTo(FIRST.plusDays(100));
    assertThat(RULE.blockedUntil(days(0, 1, 2, 10), FIRST.plusDays(99)))
        .isEqualTo(FIRST.plusDays(100));
    assertThat(RULE.blockedUntil(days(0, 1, 2, 10), FIRST.plusDays(100))).isNull();
  }

  @Test
  void countsTheFirstAndTheLastOfThirtyDays() {
    assertThat(RULE.blockedUntil(days(0, 1, 2, 29), FIRST.plusDays(29)))
        .isEqualTo(FIRST.plusDays(119));
    assertThat(RULE.blockedUntil(days(0, 1, 2, 30), FIRST.plusDays(30))).isNull();
  }

  @Test
  void countsSeveralOnOneDay() {
    assertThat(RULE.blockedUntil(days(5, 5, 5, 5), FIRST.plusDays(6)))
        .isEqualTo(FIRST.plusDays(95));
  }

  @Test
  void findsThemInAnyOrder() {
    assertThat(RULE.blockedUntil(days(10, 2, 0, 1), FIRST.plusDays(20)))
        .isEqualTo(FIRST.plusDays(100));
  }

  @Test
  void movesTheEndWithAFifth() {
    assertThat(RULE.blockedUntil(days(0, 1, 2, 3, 20), FIRST.plusDays(21)))
        .isEqualTo(FIRST.plusDays(110));
  }

  @Test
  void keepsAnEarlierBlockWhenALaterNoShowStandsAlone() {
    assertThat(RULE.blockedUntil(days(0, 1, 2, 3, 80), FIRST.plusDays(81)))
        .isEqualTo(FIRST.plusDays(93));
  }

  @Test
  void leavesNoShowsOfTheFutureOut() {
    assertThat(RULE.blockedUntil(days(0, 1, 2, 9), FIRST.plusDays(5))).isNull();
  }

  @Test
  void needsAHundredAndTwentyDaysOfHistory() {
    assertThat(RULE.daysOfInterest()).isEqualTo(120);
  }

  @Test
  void blocksNobodyWithoutABlock() {
    assertThat(new NoShowRule(0, 30, 0).blockedUntil(days(0), FIRST)).isNull();
  }

  @Test
  void refusesFiguresOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NoShowRule(-1, 30, 90));
    assertThatIllegalArgumentException().isThrownBy(() -> new NoShowRule(3, 0, 90));
    assertThatIllegalArgumentException().isThrownBy(() -> new NoShowRule(3, 30, -1));
  }

  private static List<LocalDate> days(long... offsets) {
    return Arrays.stream(offsets).mapToObj(FIRST::plusDays).toList();
  }
}
