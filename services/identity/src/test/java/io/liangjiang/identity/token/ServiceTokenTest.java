package io.liangjiang.identity.token;

import static io.liangjiang.identity.SignedIn.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.PublishedKeys;
import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.ServiceToken;
import io.liangjiang.identity.v1.TokenService;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URL;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@IdentityTest
class ServiceTokenTest {
  @GrpcClient("self")
  TokenService tokens;

  @TestHTTPResource("/.well-known/jwks.json")
  URL jwks;

  private ServiceToken issue(String clientId, String secret) {
    return await(
        tokens.issueServiceToken(
            IssueServiceTokenRequest.newBuilder()
                .setClientId(clientId)
                .setClientSecret(secret)
                .build()));
  }

  private String refusal(String clientId, String secret) {
    return TestCalls.reason(catchThrowable(() -> issue(clientId, secret)));
  }

  @Test
  void givesAServiceATokenThatThePublishedKeysVerify() throws Exception {
    var token = issue(IdentityTestSettings.CLIENT_ID, IdentityTestSettings.CLIENT_SECRET);
    assertThat(token.getExpiresInSeconds()).isBetween(595, 600);
    var claims = PublishedKeys.at(jwks).claims(token.getAccessToken());
    assertThat(claims.getSubject()).isEqualTo("tourism");
    assertThat(claims.getStringListClaimValue("roles")).containsExactly("service");
    assertThat(claims.getIssuer()).isEqualTo("https://liangjiang.local");
    assertThat(claims.getAudience()).containsExactly("liangjiang");
    assertThat(claims.hasClaim("acr")).isFalse();
    assertThat(claims.getStringClaimValue("client_id")).isEqualTo("tourism");
  }

  @Test
  void saysTheSameForAnUnknownClientAndAWrongSecret() {
    assertThat(refusal("tourism", "wrong")).isEqualTo("INVALID_CLIENT");
    assertThat(refusal("nobody-" + UUID.randomUUID(), IdentityTestSettings.CLIENT_SECRET))
        .isEqualTo("INVALID_CLIENT");
  }

  @Test
  void shutsAClientThatKeepsFailing() {
    String client = "nobody-" + UUID.randomUUID();
    for (int i = 0; i < 60; i++) {
      assertThat(refusal(client, "guess " + i)).isEqualTo("INVALID_CLIENT");
    }
    assertThat(refusal(client, "guess")).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(
            issue(IdentityTestSettings.CLIENT_ID, IdentityTestSettings.CLIENT_SECRET)
                .getAccessToken())
        .isNotEmpty();
  }

  @Test
  void refusesWrongInput() {
    assertThat(refusal("", "x")).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("x".repeat(65), "x")).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("tourism", "")).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal("tourism", "x".repeat(257))).isEqualTo("INVALID_ARGUMENT");
  }
}
