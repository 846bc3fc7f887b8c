package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.liangjiang.identity.guest.GuestAccess;
import io.liangjiang.identity.guest.GuestAccesses;
import io.liangjiang.identity.guest.GuestRefreshTokens;
import io.liangjiang.identity.guest.GuestSession;
import io.liangjiang.identity.guest.GuestSessions;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * The revocation endpoint (RFC 7009): a guest gives a token back, and its session ends with all its
 * tokens. A token that is not the guest's is answered like one that was.
 */
@ApplicationScoped
public class RevocationRoute {
  private final ClientAuthentications authentications;
  private final GuestAccesses accesses;
  private final GuestRefreshTokens refreshTokens;
  private final GuestSessions sessions;
  private final OAuthRoutes routes;

  RevocationRoute(
      ClientAuthentications authentications,
      GuestAccesses accesses,
      GuestRefreshTokens refreshTokens,
      GuestSessions sessions,
      OAuthRoutes routes) {
    this.authentications = authentications;
    this.accesses = accesses;
    this.refreshTokens = refreshTokens;
    this.sessions = sessions;
    this.routes = routes;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.POST, Provider.REVOKE, this::serve);
  }

  private Uni<HTTPResponse> serve(HTTPRequest http) {
    TokenRevocationRequest request = parse(http);
    String token = request.getToken().getValue();
    return authentications
        .authenticate(
            request.getClientAuthentication(), request.getClientID(), http.getClientIPAddress())
        .chain(client -> find(token).map(found -> own(found, client)))
        .chain(
            found ->
                found.isPresent() ? sessions.signOut(found.get()) : Uni.createFrom().voidItem())
        .replaceWith(() -> new HTTPResponse(HTTPResponse.SC_OK));
  }

  private Uni<Optional<GuestSession>> find(String token) {
    if (token.indexOf('.') >= 0) {
      return accesses.find(token).map(found -> found.map(GuestAccess::session));
    }
    return refreshTokens.session(token);
  }

  private static Optional<GuestSession> own(Optional<GuestSession> found, RegisteredClient client) {
    return found.filter(session -> session.clientId().equals(client.id()));
  }

  private static TokenRevocationRequest parse(HTTPRequest http) {
    try {
      return TokenRevocationRequest.parse(http);
    } catch (ParseException e) {
      throw OAuthErrors.unreadable(e);
    }
  }
}
