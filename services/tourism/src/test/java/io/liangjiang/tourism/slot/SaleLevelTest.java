package io.liangjiang.tourism.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.reservation.PoolState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SaleLevelTest {
  @ParameterizedTest
  @CsvSource({
    "0, 10, ON_SALE",
    "7, 10, ON_SALE",
    "799, 1000, ON_SALE",
    "800, 1000, NEARLY_FULL",
    "899, 1000, NEARLY_FULL",
    "900, 1000, DIVERTING",
    "999, 1000, DIVERTING",
    "1000, 1000, SOLD_OUT",
    "1001, 1000, SOLD_OUT",
    "2, 3, ON_SALE",
    "0, 1, ON_SALE",
    "1, 1, SOLD_OUT",
  })
  void warnsAtEightyDivertsAtNinetyStopsAtAHundred(long used, long capacity, SaleLevel level) {
    assertThat(SaleLevel.of(used, capacity)).isEqualTo(level);
  }

  @Test
  void countsHeldPlacesAsUsed() {
    assertThat(SaleLevel.of(new PoolState(10, 3, 5))).isEqualTo(SaleLevel.NEARLY_FULL);
  }

  @Test
  void theFullerOneCounts() {
    assertThat(SaleLevel.ON_SALE.orWorse(SaleLevel.DIVERTING)).isEqualTo(SaleLevel.DIVERTING);
    assertThat(SaleLevel.SOLD_OUT.orWorse(SaleLevel.NEARLY_FULL)).isEqualTo(SaleLevel.SOLD_OUT);
  }
}
