package io.liangjiang.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SystemClockTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  @Test
  void isTheMachinesUnlessTheCityIsToldAnotherDay() {
    InstantSource machine = InstantSource.system();
    var now = new SystemClock().system(() -> Duration.ZERO);
    var behind = new SystemClock().system(TWO_DAYS::negated);

    assertThat(now.instant()).isAfterOrEqualTo(machine.instant().minus(TWO_DAYS.dividedBy(2)));
    assertThat(behind.instant()).isBefore(machine.instant().minus(TWO_DAYS.dividedBy(2)));
  }

  @Test
  void productionHasTheRealTime() {
    assertThat(new ClockCheck(() -> Duration.ZERO).problems()).isEmpty();
    assertThat(new ClockCheck(() -> TWO_DAYS).problems())
        .singleElement()
        .asString()
        .contains("liangjiang.clock.offset");
  }
}
