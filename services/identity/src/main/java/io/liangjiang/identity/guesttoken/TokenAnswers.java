package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.liangjiang.identity.guest.GuestTokens;
import io.liangjiang.identity.guest.IssuedGrant;
import io.liangjiang.identity.guest.TokenOrder;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.Provider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token endpoint's answers. */
@ApplicationScoped
class TokenAnswers {
  private final GuestTokens tokens;
  private final Provider provider;

  TokenAnswers(GuestTokens tokens, Provider provider) {
    this.tokens = tokens;
    this.provider = provider;
  }

  /** What the request asks for. */
  Wishes wishes(TokenRequest request) {
    return Wishes.of(request, provider.issuer());
  }

  /** Tokens of a citizen's session. Errors: invalid_scope, invalid_target, OVERLOADED. */
  Uni<HTTPResponse> ofSession(
      RegisteredClient client, IssuedGrant grant, Wishes wishes, String nonce) {
    var order =
        new TokenOrder(
            client,
            grant.session(),
            wishes.scopesWithin(grant.scopes()),
            wishes.audienceWithin(grant.session().resources()),
            grant.session().id() + "." + grant.generation(),
            Map.of(),
            grant.issuedAt());
    return tokens
        .access(order)
        .chain(
            access ->
                tokens
                    .id(client, grant, nonce)
                    .map(
                        id ->
                            new OIDCTokenResponse(
                                    new OIDCTokens(id, bearer(access, order), refresh(grant)))
                                .toHTTPResponse()));
  }

  /** One access token. Errors: OVERLOADED. */
  Uni<HTTPResponse> access(TokenOrder order) {
    return tokens
        .access(order)
        .map(
            access ->
                new AccessTokenResponse(new Tokens(bearer(access, order), null)).toHTTPResponse());
  }

  /** One access token for another. Errors: OVERLOADED. */
  Uni<HTTPResponse> exchanged(TokenOrder order) {
    return tokens
        .access(order)
        .map(
            access ->
                new BearerAccessToken(
                    access.token(),
                    access.expiresInSeconds(),
                    Scope.parse(order.scopes()),
                    TokenTypeURI.ACCESS_TOKEN))
        .map(token -> new AccessTokenResponse(new Tokens(token, null)).toHTTPResponse());
  }

  private static BearerAccessToken bearer(GuestTokens.Signed access, TokenOrder order) {
    return new BearerAccessToken(
        access.token(), access.expiresInSeconds(), Scope.parse(order.scopes()));
  }

  private static @Nullable RefreshToken refresh(IssuedGrant grant) {
    return grant.refreshToken().isEmpty() ? null : new RefreshToken(grant.refreshToken());
  }
}
