package io.liangjiang.identity.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProviderTokensTest {
  private static final App APP = new App("wx1", "secret");
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration TWO_HOURS = Duration.ofHours(2);

  private final AtomicInteger fetches = new AtomicInteger();
  private Instant now = START;
  private final ProviderTokens tokens = new ProviderTokens(() -> now);

  private String token(Duration life) {
    return tokens
        .of(
            APP,
            () ->
                Uni.createFrom()
                    .item(() -> new ProviderTokens.Token("t-" + fetches.incrementAndGet(), life)))
        .await()
        .indefinitely();
  }

  @Test
  void keepsATokenUntilShortlyBeforeItsEnd() {
    assertThat(token(TWO_HOURS)).isEqualTo("t-1");
    now = START.plus(Duration.ofMinutes(115)).minusMillis(1);
    assertThat(token(TWO_HOURS)).isEqualTo("t-1");
    now = START.plus(Duration.ofMinutes(115));
    assertThat(token(TWO_HOURS)).isEqualTo("t-2");
  }

  @Test
  void keepsATokenThatIsNearItsEndForAWhileToo() {
    assertThat(token(Duration.ofSeconds(100))).isEqualTo("t-1");
    now = START.plusSeconds(89);
    assertThat(token(TWO_HOURS)).isEqualTo("t-1");
    now = START.plusSeconds(90);
    assertThat(token(TWO_HOURS)).isEqualTo("t-2");
  }

  @Test
  void sharesOneFetchAmongThoseWhoNeedIt() {
    List<UniEmitter<? super ProviderTokens.Token>> fetching = new ArrayList<>();
    Uni<ProviderTokens.Token> slow = Uni.createFrom().emitter(fetching::add);
    List<String> got = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      var unused = tokens.of(APP, () -> slow).subscribe().with(got::add);
    }
    assertThat(fetching).hasSize(1);

    fetching.getFirst().complete(new ProviderTokens.Token("t-1", TWO_HOURS));

    assertThat(got).hasSize(64).containsOnly("t-1");
  }

  @Test
  void remembersNoFailure() {
    var failing = tokens.of(APP, () -> Uni.createFrom().failure(new IllegalStateException("away")));
    assertThatThrownBy(() -> failing.await().indefinitely()).hasMessage("away");
    assertThat(token(TWO_HOURS)).isEqualTo("t-1");
  }

  @Test
  void fetchesAnewWhatWasRefused() {
    assertThat(token(TWO_HOURS)).isEqualTo("t-1");
    tokens.forget(APP);
    assertThat(token(TWO_HOURS)).isEqualTo("t-2");
  }
}
