package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import io.liangjiang.identity.guest.GuestAccess;
import io.liangjiang.identity.guest.GuestAccesses;
import io.liangjiang.identity.guest.GuestRefreshTokens;
import io.liangjiang.identity.guest.GuestTokens;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The introspection endpoint (RFC 7662): what a token is worth at this moment. An access token for
 * the client that got it and for those that it is made out to, a refresh token for the client that
 * got it. To anybody else it is worth nothing.
 */
@ApplicationScoped
public class IntrospectionRoute {
  private static final List<String> TOLD =
      List.of("iss", "sub", "aud", "exp", "iat", "jti", "acr", "auth_time", "act");

  private final ClientAuthentications authentications;
  private final GuestAccesses accesses;
  private final GuestRefreshTokens refreshTokens;
  private final GuestTokens tokens;
  private final Provider provider;
  private final OAuthRoutes routes;

  IntrospectionRoute(
      ClientAuthentications authentications,
      GuestAccesses accesses,
      GuestRefreshTokens refreshTokens,
      GuestTokens tokens,
      Provider provider,
      OAuthRoutes routes) {
    this.authentications = authentications;
    this.accesses = accesses;
    this.refreshTokens = refreshTokens;
    this.tokens = tokens;
    this.provider = provider;
    this.routes = routes;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.POST, Provider.INTROSPECT, this::serve);
  }

  private Uni<HTTPResponse> serve(HTTPRequest http) {
    TokenIntrospectionRequest request = parse(http);
    return authentications
        .requireProof(request.getClientAuthentication(), http.getClientIPAddress())
        .chain(asker -> answer(asker, request.getToken().getValue()));
  }

  /** Access tokens have dots, refresh tokens have none. */
  private Uni<HTTPResponse> answer(RegisteredClient asker, String token) {
    return token.indexOf('.') >= 0
        ? accesses
            .find(token)
            .map(found -> found.filter(access -> concerns(access, asker)))
            .map(IntrospectionRoute::answer)
        : refreshTokens.find(asker, token).map(found -> refreshable(asker, found));
  }

  private HTTPResponse refreshable(
      RegisteredClient asker, Optional<GuestRefreshTokens.Worth> found) {
    var answer = new TokenIntrospectionSuccessResponse.Builder(found.isPresent());
    found.ifPresent(
        worth ->
            answer
                .scope(Scope.parse(worth.scopes()))
                .clientID(new ClientID(asker.id()))
                .issuer(new Issuer(provider.issuer()))
                .subject(new Subject(tokens.subject(asker, worth.session())))
                .parameter("exp", worth.expireTime().getEpochSecond()));
    return answer.build().toHTTPResponse();
  }

  private static boolean concerns(GuestAccess access, RegisteredClient asker) {
    return access.client().id().equals(asker.id())
        || !Collections.disjoint(access.audience(), asker.registration().getServesList());
  }

  private static HTTPResponse answer(Optional<GuestAccess> found) {
    var answer = new TokenIntrospectionSuccessResponse.Builder(found.isPresent());
    found.ifPresent(
        access -> {
          answer
              .scope(Scope.parse(access.scopes()))
              .clientID(new ClientID(access.client().id()))
              .tokenType(AccessTokenType.BEARER);
          for (String claim : TOLD) {
            Object value = access.claims().get(claim);
            if (value != null) {
              answer.parameter(claim, value);
            }
          }
        });
    return answer.build().toHTTPResponse();
  }

  private static TokenIntrospectionRequest parse(HTTPRequest http) {
    try {
      return TokenIntrospectionRequest.parse(http);
    } catch (ParseException e) {
      throw OAuthErrors.unreadable(e);
    }
  }
}
