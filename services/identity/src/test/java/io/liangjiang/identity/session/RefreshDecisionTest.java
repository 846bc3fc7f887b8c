package io.liangjiang.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.account.Account;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshDecisionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Instant LATER = NOW.plusSeconds(1);

  private static Session session(Instant expireTime, @Nullable Instant revokeTime) {
    return new Session(
        UUID.randomUUID(),
        new Account(Account.Kind.CITIZEN, UUID.randomUUID()),
        "app",
        new Device("", ""),
        NOW.minusSeconds(3_600),
        expireTime,
        revokeTime,
        NOW,
        new Authentication(
            null, Authentication.BY_MINI_PROGRAM, NOW.minusSeconds(3_600), AssuranceLevel.FACE));
  }

  private static RefreshDecision decide(
      Session session, Instant expireTime, @Nullable Instant rotateTime) {
    return RefreshDecision.of(new RefreshToken(session, 3, expireTime, rotateTime), NOW, GRACE);
  }

  @Test
  void rotatesAtFirstUse() {
    assertThat(decide(session(LATER, null), LATER, null)).isEqualTo(RefreshDecision.ROTATE);
  }

  @Test
  void replaysUntilTheLastMomentOfGrace() {
    Instant rotated = NOW.minus(GRACE).plusNanos(1_000);
    assertThat(decide(session(LATER, null), LATER, rotated)).isEqualTo(RefreshDecision.REPLAY);
  }

  @Test
  void callsItReusedWhenGraceIsOver() {
    Instant rotated = NOW.minus(GRACE);
    assertThat(decide(session(LATER, null), LATER, rotated)).isEqualTo(RefreshDecision.REUSED);
  }

  @Test
  void replaysThoughTheTokenItselfHasExpiredSince() {
    assertThat(decide(session(LATER, null), NOW, NOW.minusSeconds(1)))
        .isEqualTo(RefreshDecision.REPLAY);
  }

  @Test
  void replaysForAClockThatIsBehindTheOneThatRotated() {
    assertThat(decide(session(LATER, null), LATER, NOW.plusSeconds(2)))
        .isEqualTo(RefreshDecision.REPLAY);
  }

  @Test
  void expiresUnusedTokenAtItsLastMoment() {
    assertThat(decide(session(LATER, null), NOW, null)).isEqualTo(RefreshDecision.EXPIRED);
  }

  @Test
  void expiresWithTheSession() {
    assertThat(decide(session(NOW, null), LATER, null)).isEqualTo(RefreshDecision.EXPIRED);
    assertThat(decide(session(NOW, null), LATER, NOW.minus(GRACE)))
        .isEqualTo(RefreshDecision.EXPIRED);
  }

  @Test
  void saysRevokedBeforeAnythingElse() {
    Session revoked = session(NOW.minusSeconds(1), NOW.minusSeconds(5));
    assertThat(decide(revoked, LATER, null)).isEqualTo(RefreshDecision.REVOKED);
    assertThat(decide(revoked, LATER, NOW.minusSeconds(1))).isEqualTo(RefreshDecision.REVOKED);
    assertThat(decide(revoked, NOW, NOW.minus(GRACE))).isEqualTo(RefreshDecision.REVOKED);
  }
}
