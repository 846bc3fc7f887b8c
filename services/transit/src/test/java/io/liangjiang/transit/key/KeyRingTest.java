package io.liangjiang.transit.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.citycode.CityCodeIssuer;
import io.liangjiang.citycode.CityCodeVerifier;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.citycode.SigningKey;
import io.liangjiang.citycode.Verification.Valid;
import io.liangjiang.transit.key.KeyRing.Entry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Instant FIRST = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant SECOND = FIRST.plus(Duration.ofDays(30));
  private static final Duration TAIL = Duration.ofSeconds(70);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Entry oldKey = new Entry(SigningKey.generate(), FIRST);
  private final Entry newKey = new Entry(SigningKey.generate(), SECOND);
  private final KeyRing ring = new KeyRing(List.of(newKey, oldKey), TAIL);

  @Test
  void signsWithTheOldKeyUntilTheNewOneStarts() {
    assertThat(ring.signingKey(SECOND.minusMillis(1)).keyId()).isEqualTo(oldKey.key().keyId());
    assertThat(ring.signingKey(SECOND).keyId()).isEqualTo(newKey.key().keyId());
  }

  @Test
  void publishesTheNewKeyBeforeItSignsAndTheOldOneUntilItsLastCodeExpired() {
    assertThat(ring.published(FIRST)).hasSize(2);
    assertThat(ring.published(SECOND.plus(TAIL).minusMillis(1))).hasSize(2);
    assertThat(ring.published(SECOND.plus(TAIL)))
        .singleElement()
        .satisfies(key -> assertThat(key.acceptEndTime()).isEqualTo(Optional.empty()))
        .satisfies(key -> assertThat(key.signStartTime()).isEqualTo(SECOND));
  }

  @Test
  void everyCodeVerifiesForItsWholeLifeAcrossTheRotation() {
    CityCodeVerifier verifier =
        new CityCodeVerifier(ring.verificationKeys(), RevocationList.none(), Duration.ZERO);
    for (int seconds = -90; seconds <= 90; seconds += 10) {
      Instant issued = SECOND.plusSeconds(seconds);
      String code =
          new CityCodeIssuer(ring.signingKey(issued), new SecureRandom())
              .issue(CodeKind.CITIZEN, UUID.randomUUID(), issued, MINUTE, Set.of())
              .text();
      assertThat(verifier.verify(code, issued)).isInstanceOf(Valid.class);
      assertThat(verifier.verify(code, issued.plusSeconds(59))).isInstanceOf(Valid.class);
    }
  }

  @Test
  void retiresKeysThatNoTapCanNeed() {
    assertThat(ring.retiredBefore(SECOND.plus(TAIL))).isEmpty();
    assertThat(ring.retiredBefore(SECOND.plus(TAIL).plusMillis(1))).hasSize(1);
  }
}
