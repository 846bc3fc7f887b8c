package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.liangjiang.identity.guest.TokenOrder;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Machines' own tokens, with nothing of a citizen in them. */
@ApplicationScoped
class MachineTokens {
  private final TokenAnswers answers;
  private final InstantSource clock;

  MachineTokens(TokenAnswers answers, InstantSource clock) {
    this.answers = answers;
    this.clock = clock;
  }

  /** Errors: unauthorized_client, invalid_scope, invalid_target. */
  Uni<HTTPResponse> token(RegisteredClient client, Wishes wishes) {
    if (!client.hasKeys()) {
      throw OAuthErrors.refuse(OAuthReason.UNAUTHORIZED_CLIENT, "only clients with keys may");
    }
    List<String> own =
        client.scopes().stream().filter(scope -> !GuestScopes.isOfCitizens(scope)).toList();
    return answers.access(
        new TokenOrder(
            client,
            null,
            wishes.scopesWithin(own),
            wishes.audienceAmong(client.registration().getAudiencesList()),
            UUID.randomUUID().toString(),
            Map.of(),
            clock.instant()));
  }
}
