package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import com.nimbusds.openid.connect.sdk.UserInfoErrorResponse;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import io.liangjiang.identity.guest.GuestAccess;
import io.liangjiang.identity.guest.GuestAccesses;
import io.liangjiang.identity.guestclient.ClientQuota;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** The UserInfo endpoint (OpenID Connect Core, 5.3). */
@ApplicationScoped
public class CitizenClaimsRoute {
  private final GuestAccesses accesses;
  private final CitizenClaims claims;
  private final ClientQuota quota;
  private final OAuthRoutes routes;
  private final Provider provider;

  CitizenClaimsRoute(
      GuestAccesses accesses,
      CitizenClaims claims,
      ClientQuota quota,
      OAuthRoutes routes,
      Provider provider) {
    this.accesses = accesses;
    this.claims = claims;
    this.quota = quota;
    this.routes = routes;
    this.provider = provider;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.GET, Provider.USER_CLAIMS, this::serve);
    routes.add(router, HttpMethod.POST, Provider.USER_CLAIMS, this::serve);
  }

  private Uni<HTTPResponse> serve(HTTPRequest http) {
    return Uni.createFrom()
        .deferred(() -> accesses.find(token(http)))
        .map(this::meantForHere)
        .call(access -> quota.take(access.client()))
        .chain(claims::of)
        .map(told -> new UserInfoSuccessResponse(told).toHTTPResponse())
        .onFailure(CitizenClaimsRoute::isOfTheToken)
        .recoverWithItem(CitizenClaimsRoute::challenge);
  }

  private GuestAccess meantForHere(Optional<GuestAccess> found) {
    GuestAccess access =
        found
            .filter(each -> each.session() != null)
            .filter(each -> each.audience().contains(provider.issuer()))
            .orElseThrow(
                () -> OAuthErrors.refuse(OAuthReason.INVALID_TOKEN, "the token does not count"));
    if (!access.scopes().contains(GuestScopes.OPENID)) {
      throw OAuthErrors.refuse(OAuthReason.INSUFFICIENT_SCOPE, "the token has no openid scope");
    }
    return access;
  }

  private static String token(HTTPRequest http) {
    try {
      return BearerAccessToken.parse(http).getValue();
    } catch (ParseException e) {
      throw OAuthErrors.refuse(OAuthReason.INVALID_TOKEN, "a bearer token is needed");
    }
  }

  private static boolean isOfTheToken(Throwable failure) {
    return failure instanceof ServiceException refusal
        && (refusal.reason() == OAuthReason.INVALID_TOKEN
            || refusal.reason() == OAuthReason.INSUFFICIENT_SCOPE);
  }

  private static HTTPResponse challenge(Throwable failure) {
    ErrorObject error = OAuthErrors.error(failure);
    return new UserInfoErrorResponse(
            new BearerTokenError(
                error.getCode(), error.getDescription(), error.getHTTPStatusCode()))
        .toHTTPResponse();
  }
}
