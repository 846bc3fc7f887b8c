package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.liangjiang.identity.guest.GuestGrants;
import io.liangjiang.identity.guest.GuestSessions;
import io.liangjiang.identity.guest.IssuedGrant;
import io.liangjiang.identity.guest.TokenOrder;
import io.liangjiang.identity.guestclient.ClientQuota;
import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.guesttoken.CitizenTokens.Subject;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The city's app signs a citizen in to a guest that runs inside it (RFC 8693): it sends the
 * citizen's own token, which no guest ever sees, and hands the guest the one it gets. Only what the
 * citizen granted before is in it, and it cannot be refreshed.
 */
@ApplicationScoped
class SilentSignIns {
  private final CitizenTokens citizens;
  private final GuestGrants grants;
  private final GuestSessions sessions;
  private final Clients clients;
  private final ClientQuota quota;
  private final TokenAnswers answers;
  private final Database database;
  private final Provider provider;

  SilentSignIns(
      CitizenTokens citizens,
      GuestGrants grants,
      GuestSessions sessions,
      Clients clients,
      ClientQuota quota,
      TokenAnswers answers,
      Database database,
      Provider provider) {
    this.citizens = citizens;
    this.grants = grants;
    this.sessions = sessions;
    this.clients = clients;
    this.quota = quota;
    this.answers = answers;
    this.database = database;
    this.provider = provider;
  }

  /**
   * A guest's token for the citizen; {@code audience} is the guest's client id. Errors:
   * invalid_request, invalid_target for no such guest, consent_required, invalid_scope.
   */
  Uni<HTTPResponse> signIn(TokenRequest request, TokenExchangeGrant grant) {
    Exchanges.requireAccessTokens(grant);
    ClientID app = request.getClientID();
    List<Audience> audience = grant.getAudience();
    if (app == null || audience == null || audience.size() != 1) {
      throw OAuthErrors.refuse(
          OAuthReason.INVALID_REQUEST, "client_id is the app's, audience the guest's client id");
    }
    return citizens
        .read(grant.getSubjectToken().getValue(), app.getValue())
        .chain(subject -> signIn(subject, audience.getFirst().getValue(), request));
  }

  private Uni<HTTPResponse> signIn(Subject subject, String guestId, TokenRequest request) {
    return clients
        .find(guestId)
        .map(SilentSignIns::guest)
        .call(quota::take)
        .chain(
            client ->
                grants
                    .scopes(citizenId(subject), guestId)
                    .map(granted -> opening(subject, client, wishes(request), granted))
                    .chain(
                        opening -> database.inTransaction(tx -> sessions.open(tx, client, opening)))
                    .chain(opened -> answer(client, opened.orElse(null))));
  }

  private GuestSessions.Opening opening(
      Subject subject, RegisteredClient client, Wishes wishes, List<String> granted) {
    List<String> possible =
        GuestScopes.common(client.scopes(), granted).stream()
            .filter(scope -> !scope.equals(GuestScopes.OFFLINE_ACCESS))
            .toList();
    if (possible.isEmpty() || !possible.containsAll(wishes.scopes())) {
      throw consentRequired();
    }
    return new GuestSessions.Opening(
        citizenId(subject),
        wishes.scopesWithin(possible),
        wishes.audienceWithin(client.registration().getAudiencesList()),
        subject.citizen().assuranceLevel(),
        subject.issuedAt());
  }

  private Uni<HTTPResponse> answer(RegisteredClient client, @Nullable IssuedGrant opened) {
    if (opened == null) {
      throw consentRequired();
    }
    return answers.exchanged(
        new TokenOrder(
            client,
            opened.session(),
            opened.scopes(),
            opened.session().resources(),
            UUID.randomUUID().toString(),
            Map.of(),
            opened.issuedAt()));
  }

  /** The guest's id is in the audience, which names nobody else. */
  private Wishes wishes(TokenRequest request) {
    Wishes all = Wishes.of(request, provider.issuer());
    var named = request.getResources();
    List<String> resources =
        named == null || named.isEmpty()
            ? List.of(provider.issuer())
            : named.stream().map(Object::toString).toList();
    return new Wishes(all.scopes(), resources, all.issuer());
  }

  private static UUID citizenId(Subject subject) {
    return UUID.fromString(subject.citizen().subject());
  }

  private static RegisteredClient guest(Optional<RegisteredClient> found) {
    return found
        .filter(RegisteredClient::isActive)
        .filter(client -> client.registration().getKind() != Client.Kind.MACHINE)
        .orElseThrow(
            () -> OAuthErrors.refuse(OAuthReason.INVALID_TARGET, "no such guest is let in"));
  }

  private static ServiceException consentRequired() {
    return OAuthErrors.refuse(OAuthReason.CONSENT_REQUIRED, "the citizen has not granted this");
  }
}
