package io.liangjiang.payments.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.payout.Payouts;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class RunCheckTest {
  @Inject Payouts payouts;
  @Inject RunSettings settings;

  @Test
  void theDefaultsFit() {
    assertThat(new RunCheck(settings, payouts).problems()).isEmpty();
  }

  @Test
  void theLeaseOutlastsASilentBankAndTheDayIsOverByEveryClock() {
    Duration longest = payouts.longestStep();

    assertThat(problems("06:00", longest)).singleElement().asString().contains("runs.lease");
    assertThat(problems("06:00", longest.plusSeconds(1))).isEmpty();
    assertThat(problems("00:04:59", Duration.ofHours(1)))
        .singleElement()
        .asString()
        .contains("runs.time");
    assertThat(problems("00:05", Duration.ofHours(1))).isEmpty();
  }

  private List<String> problems(String time, Duration lease) {
    return new RunCheck(
            new RunSettings() {
              @Override
              public LocalTime time() {
                return LocalTime.parse(time);
              }

              @Override
              public Duration lease() {
                return lease;
              }
            },
            payouts)
        .problems();
  }
}
