package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import io.liangjiang.identity.guest.GuestSessions;
import io.liangjiang.identity.guest.GuestTokens;
import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.identity.signing.JwtSigner;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a session (OpenID Connect RP-Initiated Logout). Only an ID token of ours says whose it
 * is; without one nothing ends and nobody is sent anywhere.
 */
@ApplicationScoped
public class EndSessionRoute {
  private static final int SEE_OTHER = 303;

  private final JwtSigner signer;
  private final Clients clients;
  private final GuestSessions sessions;
  private final OAuthRoutes routes;
  private final Provider provider;

  EndSessionRoute(
      JwtSigner signer,
      Clients clients,
      GuestSessions sessions,
      OAuthRoutes routes,
      Provider provider) {
    this.signer = signer;
    this.clients = clients;
    this.sessions = sessions;
    this.routes = routes;
    this.provider = provider;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.GET, Provider.END_SESSION, this::serve);
    routes.add(router, HttpMethod.POST, Provider.END_SESSION, this::serve);
  }

  private Uni<HTTPResponse> serve(HTTPRequest http) {
    LogoutRequest request = parse(http);
    if (request.getIDTokenHint() == null) {
      return Uni.createFrom().item(EndSessionRoute::over);
    }
    String hint = request.getIDTokenHint().getParsedString();
    return signer
        .verify(hint, GuestTokens.ID_TYPE, provider.issuer(), true)
        .chain(
            claims ->
                claims.isPresent()
                    ? end(claims.get().getClaimsMap(), request)
                    : Uni.createFrom().item(EndSessionRoute::over));
  }

  private Uni<HTTPResponse> end(Map<String, Object> hint, LogoutRequest request) {
    String clientId = String.valueOf(hint.get("aud"));
    boolean other =
        request.getClientID() != null && !request.getClientID().getValue().equals(clientId);
    if (other) {
      return Uni.createFrom().item(EndSessionRoute::over);
    }
    return endSession(String.valueOf(hint.get(TokenClaims.SESSION)))
        .chain(() -> clients.find(clientId))
        .map(client -> answer(client, request));
  }

  private Uni<Void> endSession(String sessionId) {
    if (!Violations.isUuid(sessionId)) {
      return Uni.createFrom().voidItem();
    }
    return sessions
        .findLive(UUID.fromString(sessionId))
        .chain(
            found ->
                found.isPresent() ? sessions.signOut(found.get()) : Uni.createFrom().voidItem());
  }

  private static HTTPResponse answer(Optional<RegisteredClient> client, LogoutRequest request) {
    URI address = request.getPostLogoutRedirectionURI();
    boolean registered =
        address != null
            && client.isPresent()
            && client.get().allowsPostLogoutRedirect(address.toString());
    if (!registered) {
      return over();
    }
    var response = new HTTPResponse(SEE_OTHER);
    response.setLocation(withState(address, request.getState()));
    return response;
  }

  private static URI withState(URI address, @Nullable State state) {
    return state == null
        ? address
        : URI.create(
            address
                + (address.getRawQuery() == null ? "?" : "&")
                + URLUtils.serializeParameters(Map.of("state", List.of(state.getValue()))));
  }

  private static HTTPResponse over() {
    var response = new HTTPResponse(HTTPResponse.SC_OK);
    response.setHeader("Content-Type", "text/plain;charset=utf-8");
    response.setBody("已退出。\n");
    return response;
  }

  private static LogoutRequest parse(HTTPRequest http) {
    try {
      return LogoutRequest.parse(
          http.getMethod() == HTTPRequest.Method.GET
              ? http.getQueryParameters()
              : http.getBodyAsFormParameters());
    } catch (ParseException e) {
      throw OAuthErrors.unreadable(e);
    }
  }
}
