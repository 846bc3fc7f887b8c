package io.liangjiang.citycode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReuseGuardTest {
  private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static CityCodeClaims claims(long nonce, Instant issueTime) {
    return new CityCodeClaims(
        CodeKind.CITIZEN, 1, new UUID(0, nonce), issueTime, Duration.ofMinutes(1), nonce, Set.of());
  }

  @Test
  void catchesSecondUse() {
    ReuseGuard guard = new ReuseGuard(10, SKEW);

    assertThat(guard.firstUse(claims(1, NOW), NOW)).isTrue();
    assertThat(guard.firstUse(claims(2, NOW), NOW)).isTrue();
    assertThat(guard.firstUse(claims(1, NOW), NOW.plusSeconds(64))).isFalse();
  }

  @Test
  void forgetsCodesThatCannotPassAnyMore() {
    ReuseGuard guard = new ReuseGuard(10, SKEW);
    guard.firstUse(claims(1, NOW), NOW);

    assertThat(guard.firstUse(claims(2, NOW), NOW.plusSeconds(65))).isTrue();
    assertThat(guard.size()).isEqualTo(1);
  }

  @Test
  void staysBounded() {
    ReuseGuard guard = new ReuseGuard(3, SKEW);
    for (long nonce = 1; nonce <= 100; nonce++) {
      guard.firstUse(claims(nonce, NOW), NOW);
    }

    assertThat(guard.size()).isEqualTo(3);
    assertThat(guard.firstUse(claims(100, NOW), NOW)).isFalse();
    assertThat(guard.firstUse(claims(98, NOW), NOW)).isFalse();
  }

  @Test
  void boundsTheListOfRevocations() {
    RevocationList.Builder builder = RevocationList.builder();
    for (long nonce = 0; nonce < RevocationList.MAX_ENTRIES; nonce++) {
      builder.revokeNonce(nonce, NOW);
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> builder.revokeSubject(UUID.randomUUID(), NOW));
  }

  @Test
  void keepsTheStricterOfTwoRevocations() {
    CityCodeClaims claims = claims(5, NOW);
    RevocationList list =
        RevocationList.builder()
            .revokeNonce(5, NOW.plusSeconds(30))
            .revokeNonce(5, NOW.plusSeconds(10))
            .build();

    assertThat(list.revokes(claims, NOW.plusSeconds(9))).isFalse();
    assertThat(list.revokes(claims, NOW.plusSeconds(10))).isTrue();
  }
}
