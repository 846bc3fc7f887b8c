package io.liangjiang.gateway.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The sessions and delegations whose tokens are refused, each for as long as one of its tokens may
 * live.
 */
@Singleton
public final class RevokedSessions {
  /** Clocks differ, and a token may have been given out while its session was being ended. */
  static final Duration MARGIN = Duration.ofMinutes(1);

  private final Cache<String, Boolean> ended;

  RevokedSessions(RevocationSettings settings, MeterRegistry meters) {
    this.ended =
        Caffeine.newBuilder()
            .maximumSize(settings.maxSessions())
            .expireAfterWrite(settings.tokenLife().plus(MARGIN))
            .build();
    meters.gauge("liangjiang.gateway.sessions.revoked", ended, Cache::estimatedSize);
  }

  /** Refuses the tokens of the session, or of what acting tokens call their delegation. */
  public void add(String sessionId) {
    ended.put(sessionId, Boolean.TRUE);
  }

  /** Whether the session was ended; never for the empty id of a token without a session. */
  public boolean contains(String sessionId) {
    return !sessionId.isEmpty() && ended.getIfPresent(sessionId) != null;
  }
}
