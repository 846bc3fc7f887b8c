package io.liangjiang.identity.guesttoken;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.ClaimType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** What the provider is and can do (OpenID Connect Discovery). */
@ApplicationScoped
public class DiscoveryRoute {
  private static final String PATH = "/.well-known/openid-configuration";

  private final OAuthRoutes routes;
  private final Provider provider;

  DiscoveryRoute(OAuthRoutes routes, Provider provider) {
    this.routes = routes;
    this.provider = provider;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.GET, PATH, this::serve);
  }

  private Uni<HTTPResponse> serve(HTTPRequest http) {
    var response = new HTTPResponse(HTTPResponse.SC_OK);
    response.setHeader("Content-Type", "application/json;charset=utf-8");
    response.setCacheControl("public, max-age=300");
    response.setBody(metadata().toJSONObject().toJSONString());
    return Uni.createFrom().item(response);
  }

  private OIDCProviderMetadata metadata() {
    var metadata =
        new OIDCProviderMetadata(
            provider.id(), List.of(SubjectType.PAIRWISE), provider.address(Provider.KEYS));
    metadata.setAuthorizationEndpointURI(provider.address(Provider.AUTHORIZE));
    metadata.setTokenEndpointURI(provider.address(Provider.TOKEN));
    metadata.setUserInfoEndpointURI(provider.address(Provider.USER_CLAIMS));
    metadata.setRevocationEndpointURI(provider.address(Provider.REVOKE));
    metadata.setIntrospectionEndpointURI(provider.address(Provider.INTROSPECT));
    metadata.setEndSessionEndpointURI(provider.address(Provider.END_SESSION));
    metadata.setResponseTypes(List.of(ResponseType.CODE));
    metadata.setResponseModes(List.of(ResponseMode.QUERY));
    metadata.setGrantTypes(
        List.of(
            GrantType.AUTHORIZATION_CODE,
            GrantType.REFRESH_TOKEN,
            GrantType.CLIENT_CREDENTIALS,
            GrantType.TOKEN_EXCHANGE));
    metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
    metadata.setSupportsAuthorizationResponseIssuerParam(true);
    metadata.setSupportsRequestURIParam(false);
    addClients(metadata);
    addClaims(metadata);
    return metadata;
  }

  private static void addClients(OIDCProviderMetadata metadata) {
    List<JWSAlgorithm> algorithms =
        List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
    List<ClientAuthenticationMethod> methods =
        List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT, ClientAuthenticationMethod.NONE);
    List<ClientAuthenticationMethod> proofs = List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    metadata.setTokenEndpointAuthMethods(methods);
    metadata.setTokenEndpointJWSAlgs(algorithms);
    metadata.setRevocationEndpointAuthMethods(methods);
    metadata.setRevocationEndpointJWSAlgs(algorithms);
    metadata.setIntrospectionEndpointAuthMethods(proofs);
    metadata.setIntrospectionEndpointJWSAlgs(algorithms);
  }

  private static void addClaims(OIDCProviderMetadata metadata) {
    metadata.setScopes(
        new Scope(
            GuestScopes.OPENID,
            GuestScopes.OFFLINE_ACCESS,
            GuestScopes.NAME,
            GuestScopes.BIRTH_DATE,
            GuestScopes.PHONE,
            GuestScopes.REAL_NAME_LEVEL));
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256));
    metadata.setClaimTypes(List.of(ClaimType.NORMAL));
    metadata.setClaims(
        List.of(
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "acr",
            "sid",
            "name",
            "birthdate",
            "phone_number",
            "phone_number_verified",
            "real_name_level"));
    metadata.setACRs(List.of(new ACR("basic"), new ACR("real_name"), new ACR("face")));
    metadata.setSupportsClaimsParams(false);
  }
}
