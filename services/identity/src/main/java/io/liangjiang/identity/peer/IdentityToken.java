package io.liangjiang.identity.peer;

import io.liangjiang.identity.signing.AccessClaims;
import io.liangjiang.identity.signing.AccessTokens;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Identity's own token as a service; who gives tokens to all needs no secret for its own. */
@ApplicationScoped
public class IdentityToken {
  private static final String SUBJECT = "identity";

  private final AccessTokens tokens;
  private final InstantSource clock;

  IdentityToken(AccessTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A fresh one. Errors: OVERLOADED. */
  public Uni<String> issue() {
    var claims =
        new AccessClaims(
            SUBJECT,
            "",
            UUID.randomUUID().toString(),
            SUBJECT,
            List.of(Caller.SERVICE),
            AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED,
            List.of(),
            "",
            null,
            clock.instant());
    return tokens.issue(claims).map(AccessTokens.AccessToken::token);
  }
}
