package io.liangjiang.identity.guest;

import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.identity.signing.JwtSigner;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * Finds out what a guest's access token is worth now: it may be signed and not expired, and yet its
 * client suspended, its session ended or its grant withdrawn.
 */
@ApplicationScoped
public class GuestAccesses {
  private record Said(
      String clientId,
      String sessionId,
      List<String> audience,
      List<String> scopes,
      Instant issuedAt,
      JwtClaims claims) {}

  private final JwtSigner signer;
  private final Clients clients;
  private final GuestSessions sessions;
  private final GuestGrants grants;
  private final Provider provider;

  GuestAccesses(
      JwtSigner signer,
      Clients clients,
      GuestSessions sessions,
      GuestGrants grants,
      Provider provider) {
    this.signer = signer;
    this.clients = clients;
    this.sessions = sessions;
    this.grants = grants;
    this.provider = provider;
  }

  /** What the token is worth; nothing for one that does not count. */
  public Uni<Optional<GuestAccess>> find(String token) {
    return signer
        .verify(token, GuestTokens.ACCESS_TYPE, provider.issuer(), false)
        .map(found -> found.flatMap(GuestAccesses::read))
        .chain(
            said ->
                said.isPresent()
                    ? find(said.get())
                    : Uni.createFrom().item(Optional.<GuestAccess>empty()));
  }

  private Uni<Optional<GuestAccess>> find(Said said) {
    return clients
        .find(said.clientId())
        .map(found -> found.filter(client -> client.honours(said.issuedAt())))
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<GuestAccess>empty())
                    : said.sessionId().isEmpty()
                        ? Uni.createFrom().item(Optional.of(own(said, found.get())))
                        : ofCitizen(said, found.get()));
  }

  private static GuestAccess own(Said said, RegisteredClient client) {
    return new GuestAccess(
        client,
        null,
        said.audience(),
        GuestScopes.common(said.scopes(), client.scopes()),
        said.claims().getClaimsMap());
  }

  private Uni<Optional<GuestAccess>> ofCitizen(Said said, RegisteredClient client) {
    if (!Violations.isUuid(said.sessionId())) {
      return Uni.createFrom().item(Optional.empty());
    }
    return sessions
        .findLive(UUID.fromString(said.sessionId()))
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<GuestAccess>empty())
                    : granted(said, client, found.get()));
  }

  /** The session may be another guest's, on whose behalf the client acts. */
  private Uni<Optional<GuestAccess>> granted(
      Said said, RegisteredClient client, GuestSession session) {
    return clients
        .find(session.clientId())
        .map(owner -> owner.filter(each -> each.honours(session.createTime())))
        .chain(
            owner ->
                owner.isEmpty()
                    ? Uni.createFrom().item(Optional.<GuestAccess>empty())
                    : grants
                        .scopes(session.citizenId(), session.clientId())
                        .map(granted -> GuestScopes.common(said.scopes(), granted))
                        .map(scopes -> GuestScopes.common(scopes, client.scopes()))
                        .map(scopes -> access(said, client, session, scopes)));
  }

  private static Optional<GuestAccess> access(
      Said said, RegisteredClient client, GuestSession session, List<String> scopes) {
    return scopes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GuestAccess(
                client, session, said.audience(), scopes, said.claims().getClaimsMap()));
  }

  private static Optional<Said> read(JwtClaims claims) {
    try {
      String session = claims.getStringClaimValue(TokenClaims.SESSION);
      return Optional.of(
          new Said(
              claims.getStringClaimValue(GuestTokens.CLIENT),
              session == null ? "" : session,
              claims.getAudience(),
              List.of(claims.getStringClaimValue(GuestTokens.SCOPE).split(" ", -1)),
              Instant.ofEpochSecond(claims.getIssuedAt().getValue()),
              claims));
    } catch (MalformedClaimException e) {
      return Optional.empty();
    }
  }
}
