package io.liangjiang.transit.ride;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.citycode.CodeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
  private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");

  @Test
  void triesAtGrowingDistancesAndThenNoMore() {
    Duration before = Duration.ZERO;
    for (int attempt = 1; attempt < RetryPlan.MAX_ATTEMPTS; attempt++) {
      Instant next = RetryPlan.nextAttempt(attempt, NOW).orElseThrow();
      Duration distance = Duration.between(NOW, next);
      assertThat(distance).isGreaterThan(before);
      before = distance;
    }
    assertThat(RetryPlan.nextAttempt(RetryPlan.MAX_ATTEMPTS, NOW)).isEmpty();
    assertThat(RetryPlan.nextAttempt(RetryPlan.MAX_ATTEMPTS + 1, NOW)).isEmpty();
  }

  @Test
  void makesTheSameRideIdFromTheSameCodeAndAnotherFromAnother() {
    Random random = new Random(9);
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long nonce = random.nextLong();
      UUID id = Boarding.rideId(claims(nonce, NOW));
      assertThat(id).isEqualTo(Boarding.rideId(claims(nonce, NOW)));
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
      ids.add(id);
    }
    for (int bit = 0; bit < 64; bit++) {
      ids.add(Boarding.rideId(claims(1L << bit, NOW)));
    }
    assertThat(ids).hasSize(10_064);
  }

  private static CityCodeClaims claims(long nonce, Instant issueTime) {
    return new CityCodeClaims(
        CodeKind.CITIZEN, 1, new UUID(1, 2), issueTime, Duration.ofMinutes(1), nonce, Set.of());
  }
}
