package io.liangjiang.identity.guesttoken;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.liangjiang.identity.OpenedCity;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.v1.ApproveAuthorizationRequestRequest;
import io.liangjiang.identity.v1.ApprovedAuthorization;
import io.liangjiang.identity.v1.AuthorizationService;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.identity.v1.ClientService;
import io.liangjiang.identity.v1.GuestService;
import io.liangjiang.identity.v1.RegisterClientRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SuspendClientRequest;
import io.liangjiang.identity.v1.WithdrawGuestRequest;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What tests of guests do again and again: register, begin, approve, redeem. */
@Singleton
public class GuestStage {
  static final URI CALLBACK = URI.create("https://hospital.example/callback");
  static final String API = "https://api.hospital.example";
  static final List<String> ALL =
      List.of(
          "openid",
          "offline_access",
          "profile.name",
          "profile.birth_date",
          "phone",
          "real_name_level",
          "hospital:appointments");

  /** A page at which a browser is. */
  record Visit(Client client, Browser browser, URI page, CodeVerifier verifier, Nonce nonce) {
    String requestCode() {
      return page.getPath().replaceAll(".*/", "");
    }
  }

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  ClientService clients;

  @GrpcClient("self")
  AuthorizationService authorizations;

  @GrpcClient("self")
  GuestService guests;

  @Inject OpenedCity opened;

  @ConfigProperty(name = "liangjiang.identity.guests.issuer")
  String issuer;

  private String admin;

  ClientService operator() {
    if (admin == null) {
      opened.await();
      admin = SignedIn.staff(sessions, "admin").getAccessToken();
    }
    return TestCalls.as(clients, admin);
  }

  public SessionTokens citizen() {
    opened.await();
    return SignedIn.citizen(sessions);
  }

  URI endpoint(String path) {
    return URI.create(issuer + path);
  }

  /** What the page shows to a browser that a guest sent. */
  public String requestCode(String clientId) {
    var client = Client.newBuilder().setClientId(clientId).build();
    return visit(client, "openid", "offline_access", "profile.name").requestCode();
  }

  /** A program inside the city's app, which asks for little. */
  public static Client.Builder miniProgram(String clientId) {
    return page()
        .setClientId(clientId)
        .setDisplayName("示例药房")
        .setPurpose("送药上门")
        .setKind(Client.Kind.MINI_PROGRAM)
        .clearRedirectUris()
        .clearScopes()
        .addScopes(ClientScope.newBuilder().setScope("openid").setPurpose("识别您是否来过"))
        .addScopes(ClientScope.newBuilder().setScope("real_name_level").setPurpose("处方药需实名"));
  }

  /** A web page that can keep no secret. */
  public static Client.Builder page() {
    var client =
        Client.newBuilder()
            .setClientId("page-" + UUID.randomUUID().toString().substring(0, 12))
            .setDisplayName("示例医院")
            .setPurpose("预约挂号")
            .setKind(Client.Kind.WEB_PAGE)
            .addRedirectUris(CALLBACK.toString())
            .addPostLogoutRedirectUris("https://hospital.example/bye")
            .addAudiences(API)
            .setSector("hospital.example")
            .setRequestsPerMinute(1_000)
            .setRequestsPerDay(100_000);
    ALL.forEach(
        scope -> client.addScopes(ClientScope.newBuilder().setScope(scope).setPurpose("就诊")));
    return client;
  }

  /** A server with a key, which answers for the hospital's API. */
  static Client.Builder machine(RSAKey key) {
    return page()
        .setClientId("machine-" + UUID.randomUUID().toString().substring(0, 12))
        .setKind(Client.Kind.MACHINE)
        .clearRedirectUris()
        .clearPostLogoutRedirectUris()
        .setJwks(new JWKSet(key.toPublicJWK()).toString())
        .clearAudiences()
        .addAudiences("https://insurance.example")
        .addServes(API);
  }

  static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public Client register(Client.Builder client) {
    return await(
        operator()
            .registerClient(
                RegisterClientRequest.newBuilder().setRequestId(id()).setClient(client).build()));
  }

  public void suspend(Client client) {
    await(
        operator()
            .suspendClient(
                SuspendClientRequest.newBuilder()
                    .setRequestId(id())
                    .setClientId(client.getClientId())
                    .setReason("abuse")
                    .build()));
  }

  void withdraw(SessionTokens citizen, Client client) {
    await(
        TestCalls.as(guests, citizen.getAccessToken())
            .withdrawGuest(
                WithdrawGuestRequest.newBuilder()
                    .setRequestId(id())
                    .setClientId(client.getClientId())
                    .build()));
  }

  AuthenticationRequest.Builder ask(Client client, CodeVerifier verifier, String... scopes) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, new Scope(scopes), new ClientID(client.getClientId()), CALLBACK)
        .endpointURI(endpoint("/oauth2/authorize"))
        .state(new State("state & 状态"))
        .nonce(new Nonce("nonce-1"))
        .codeChallenge(verifier, CodeChallengeMethod.S256);
  }

  /** A browser comes to the page. */
  Visit visit(Client client, String... scopes) {
    var verifier = new CodeVerifier();
    return visit(client, ask(client, verifier, scopes), verifier);
  }

  Visit visit(Client client, AuthenticationRequest.Builder ask, CodeVerifier verifier) {
    var browser = new Browser();
    var request = ask.build();
    URI page = Browser.location(browser.open(request.toURI()));
    return new Visit(client, browser, page, verifier, request.getNonce());
  }

  ApprovedAuthorization approve(SessionTokens citizen, Visit visit, String... scopes) {
    return await(
        TestCalls.as(authorizations, citizen.getAccessToken())
            .approveAuthorizationRequest(
                ApproveAuthorizationRequestRequest.newBuilder()
                    .setRequestId(id())
                    .setRequestCode(visit.requestCode())
                    .addAllScopes(List.of(scopes))
                    .build()));
  }

  /** The citizen approves and types the code; the address to which the browser goes on. */
  URI goOn(SessionTokens citizen, Visit visit) {
    String confirmation = approve(citizen, visit).getConfirmationCode();
    return Browser.location(
        visit
            .browser()
            .post(visit.page(), Map.of("step", "confirm", "confirmation", confirmation)));
  }

  static AuthorizationCode code(URI callback) {
    String code = callback.getQuery().replaceAll("(.*&)?code=([^&]*).*", "$2");
    return new AuthorizationCode(code);
  }

  /** A token request of a client without keys. */
  HTTPResponse redeem(Visit visit, AuthorizationCode code) {
    return send(
        new TokenRequest(
            endpoint("/oauth2/token"),
            new ClientID(visit.client().getClientId()),
            new AuthorizationCodeGrant(code, CALLBACK, visit.verifier())));
  }

  /** The assertion by which a client with a key proves itself. */
  PrivateKeyJWT proof(Client client, RSAKey with) {
    try {
      return new PrivateKeyJWT(
          new ClientID(client.getClientId()),
          URI.create(issuer),
          JWSAlgorithm.RS256,
          with.toPrivateKey(),
          with.getKeyID(),
          null);
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static HTTPResponse send(com.nimbusds.oauth2.sdk.Request request) {
    try {
      return request.toHTTPRequest().send();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Signs the citizen in at the guest. */
  public OIDCTokens signIn(SessionTokens citizen, Client client, String... scopes) {
    Visit visit = visit(client, scopes);
    return tokens(redeem(visit, code(goOn(citizen, visit))));
  }

  static OIDCTokens tokens(HTTPResponse answer) {
    try {
      return OIDCTokenResponse.parse(answer).getOIDCTokens();
    } catch (com.nimbusds.oauth2.sdk.ParseException e) {
      throw new AssertionError(answer.getBody(), e);
    }
  }

  /** The error code of an answer. */
  static String error(HTTPResponse answer) {
    return com.nimbusds.oauth2.sdk.ErrorObject.parse(answer).getCode();
  }
}
