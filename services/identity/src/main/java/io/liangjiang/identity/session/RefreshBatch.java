package io.liangjiang.identity.session;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Judges refresh tokens that came together, each as if those before it had been answered: of two
 * copies of one token the second is a repetition, and a reused token ends the session for all that
 * follow.
 */
final class RefreshBatch {
  /**
   * A token that was sent.
   *
   * @param hash as it is stored
   * @param place where it came from
   */
  record Presented(String token, Buffer hash, String place) {
    /** Errors: INVALID_REFRESH_TOKEN for what cannot be a token. */
    static Presented of(String token, String place) {
      return new Presented(token, Buffer.buffer(RefreshSecrets.hash(token)), place);
    }
  }

  /**
   * What a token that is known is worth.
   *
   * @param known as it is after those before it
   */
  record Judged(Presented presented, RefreshToken known, RefreshDecision decision) {
    boolean is(RefreshDecision wanted) {
      return decision == wanted;
    }
  }

  private final Map<Buffer, RefreshToken> known;
  private final Set<UUID> endedSessions = new HashSet<>();
  private final Instant now;
  private final Duration grace;

  private RefreshBatch(Map<Buffer, RefreshToken> known, Instant now, Duration grace) {
    this.known = new HashMap<>(known);
    this.now = now;
    this.grace = grace;
  }

  /**
   * One judgement a token, in the same order; none for a token that is not known.
   *
   * @param known the stored tokens by hash
   */
  static List<Optional<Judged>> judge(
      List<Presented> tokens, Map<Buffer, RefreshToken> known, Instant now, Duration grace) {
    var batch = new RefreshBatch(known, now, grace);
    return tokens.stream().map(batch::judge).toList();
  }

  private Optional<Judged> judge(Presented presented) {
    RefreshToken token = known.get(presented.hash());
    if (token == null) {
      return Optional.empty();
    }
    UUID sessionId = token.session().id();
    RefreshDecision decision =
        endedSessions.contains(sessionId)
            ? RefreshDecision.REVOKED
            : RefreshDecision.of(token, now, grace);
    if (decision == RefreshDecision.ROTATE) {
      token = token.rotated(now);
      known.put(presented.hash(), token);
    } else if (decision == RefreshDecision.REUSED) {
      endedSessions.add(sessionId);
    }
    return Optional.of(new Judged(presented, token, decision));
  }
}
