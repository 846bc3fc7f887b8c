package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.liangjiang.identity.guest.GuestAccess;
import io.liangjiang.identity.guest.GuestAccesses;
import io.liangjiang.identity.guest.TokenOrder;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A server goes on behalf of a citizen (RFC 8693): it got the citizen's token at its own door and
 * needs one for somebody behind it. The new token says who acts, carries no more than the old one
 * and ends with the same session. Both servers are of one sector, so nobody learns a name for the
 * citizen that they did not know.
 */
@ApplicationScoped
class Exchanges {
  private static final int MAX_ACTORS = 3;

  private final GuestAccesses accesses;
  private final TokenAnswers answers;
  private final InstantSource clock;

  Exchanges(GuestAccesses accesses, TokenAnswers answers, InstantSource clock) {
    this.accesses = accesses;
    this.answers = answers;
    this.clock = clock;
  }

  /** Errors: invalid_request, unauthorized_client, invalid_scope, invalid_target. */
  Uni<HTTPResponse> exchange(
      RegisteredClient client, TokenRequest request, TokenExchangeGrant grant) {
    requireAccessTokens(grant);
    if (!client.hasKeys()) {
      throw OAuthErrors.refuse(OAuthReason.UNAUTHORIZED_CLIENT, "only clients with keys exchange");
    }
    Wishes wishes = answers.wishes(request);
    return accesses
        .find(grant.getSubjectToken().getValue())
        .map(found -> subject(found, client))
        .chain(
            access ->
                answers.exchanged(
                    new TokenOrder(
                        client,
                        access.session(),
                        wishes.scopesWithin(scopes(access, client)),
                        wishes.audienceAmong(client.registration().getAudiencesList()),
                        UUID.randomUUID().toString(),
                        actor(client, access),
                        clock.instant())));
  }

  /** Only access tokens are exchanged, for access tokens, by whoever authenticates. */
  static void requireAccessTokens(TokenExchangeGrant grant) {
    TokenTypeURI wanted = grant.getRequestedTokenType();
    boolean ok =
        TokenTypeURI.ACCESS_TOKEN.equals(grant.getSubjectTokenType())
            && grant.getActorToken() == null
            && (wanted == null || TokenTypeURI.ACCESS_TOKEN.equals(wanted));
    if (!ok) {
      throw OAuthErrors.refuse(
          OAuthReason.INVALID_REQUEST, "access tokens are exchanged for access tokens only");
    }
  }

  private static GuestAccess subject(Optional<GuestAccess> found, RegisteredClient client) {
    GuestAccess access = found.orElseThrow(Exchanges::refused);
    List<String> serves = client.registration().getServesList();
    boolean mine = !Collections.disjoint(access.audience(), serves);
    boolean sameSector =
        access.client().registration().getSector().equals(client.registration().getSector());
    if (access.session() == null || !mine || !sameSector) {
      throw refused();
    }
    return access;
  }

  private static List<String> scopes(GuestAccess access, RegisteredClient client) {
    return GuestScopes.common(access.scopes(), client.scopes()).stream()
        .filter(scope -> !scope.equals(GuestScopes.OFFLINE_ACCESS))
        .toList();
  }

  private static Map<String, Object> actor(RegisteredClient client, GuestAccess access) {
    Map<String, Object> actor = new HashMap<>();
    actor.put("sub", client.id());
    Object before = access.claims().get(TokenClaims.ACTOR);
    if (before != null) {
      actor.put(TokenClaims.ACTOR, before);
    }
    int actors = 0;
    for (Object each = actor; each instanceof Map<?, ?> map; each = map.get(TokenClaims.ACTOR)) {
      actors++;
    }
    if (actors > MAX_ACTORS) {
      throw OAuthErrors.refuse(OAuthReason.INVALID_REQUEST, "too many act for one another");
    }
    return actor;
  }

  private static ServiceException refused() {
    return OAuthErrors.refuse(
        OAuthReason.INVALID_REQUEST, "the subject token is not one for this client");
  }
}
