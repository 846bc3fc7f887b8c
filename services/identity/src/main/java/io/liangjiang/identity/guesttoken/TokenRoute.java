package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.liangjiang.identity.authorization.CodeRedemptions;
import io.liangjiang.identity.guest.GuestSessions;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The token endpoint: codes, refresh tokens, machines' own tokens and exchanges. */
@ApplicationScoped
public class TokenRoute {
  private final ClientAuthentications authentications;
  private final CodeRedemptions codes;
  private final GuestSessions sessions;
  private final Exchanges exchanges;
  private final SilentSignIns silentSignIns;
  private final MachineTokens machines;
  private final TokenAnswers answers;
  private final OAuthRoutes routes;

  TokenRoute(
      ClientAuthentications authentications,
      CodeRedemptions codes,
      GuestSessions sessions,
      Exchanges exchanges,
      SilentSignIns silentSignIns,
      MachineTokens machines,
      TokenAnswers answers,
      OAuthRoutes routes) {
    this.authentications = authentications;
    this.codes = codes;
    this.sessions = sessions;
    this.exchanges = exchanges;
    this.silentSignIns = silentSignIns;
    this.machines = machines;
    this.answers = answers;
    this.routes = routes;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.POST, Provider.TOKEN, this::serve);
  }

  private Uni<HTTPResponse> serve(HTTPRequest http) {
    TokenRequest request = parse(http);
    if (request.getAuthorizationGrant() instanceof TokenExchangeGrant exchange
        && request.getClientAuthentication() == null) {
      return silentSignIns.signIn(request, exchange);
    }
    return authentications
        .authenticate(
            request.getClientAuthentication(), request.getClientID(), http.getClientIPAddress())
        .chain(client -> answer(client, request));
  }

  private Uni<HTTPResponse> answer(RegisteredClient client, TokenRequest request) {
    Wishes wishes = answers.wishes(request);
    AuthorizationGrant grant = request.getAuthorizationGrant();
    return switch (grant) {
      case AuthorizationCodeGrant code ->
          codes
              .redeem(client, code)
              .chain(r -> answers.ofSession(client, r.grant(), wishes, r.nonce()));
      case RefreshTokenGrant refresh ->
          sessions
              .refresh(client, refresh.getRefreshToken().getValue())
              .chain(issued -> answers.ofSession(client, issued, wishes, ""));
      case ClientCredentialsGrant own -> machines.token(client, wishes);
      case TokenExchangeGrant exchange -> exchanges.exchange(client, request, exchange);
      default ->
          throw OAuthErrors.refuse(
              OAuthReason.UNSUPPORTED_GRANT_TYPE, "there is no such grant here");
    };
  }

  private static TokenRequest parse(HTTPRequest http) {
    try {
      return TokenRequest.parse(http);
    } catch (ParseException e) {
      throw OAuthErrors.unreadable(e);
    }
  }
}
