package io.liangjiang.identity.miniprogram;

import io.liangjiang.identity.work.Flights;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The provider's own access tokens, one an app, kept until shortly before they expire. */
@ApplicationScoped
class ProviderTokens {
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** A token and how long it lives from now. */
  record Token(String value, Duration life) {}

  private record Kept(String value, Instant renewTime) {}

  private final Map<String, Kept> byApp = new ConcurrentHashMap<>();
  private final Flights<String, String> underWay = new Flights<>();
  private final InstantSource clock;

  ProviderTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** The app's token, fetched when there is none; calls that need one together share a fetch. */
  Uni<String> of(App app, Supplier<Uni<Token>> fetch) {
    Kept kept = byApp.get(app.id());
    return kept != null && clock.instant().isBefore(kept.renewTime())
        ? Uni.createFrom().item(kept.value())
        : underWay.join(
            app.id(), () -> fetch.get().invoke(token -> keep(app, token)).map(Token::value));
  }

  /** Leaves a token that the provider refused. */
  void forget(App app) {
    byApp.remove(app.id());
  }

  private void keep(App app, Token token) {
    Duration tenth = token.life().dividedBy(10);
    Duration margin = tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN;
    Instant renewTime = clock.instant().plus(token.life()).minus(margin);
    byApp.put(app.id(), new Kept(token.value(), renewTime));
  }
}
