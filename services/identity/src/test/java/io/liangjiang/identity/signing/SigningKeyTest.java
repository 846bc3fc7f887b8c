package io.liangjiang.identity.signing;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.PublishedKeys;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.ListSigningKeysRequest;
import io.liangjiang.identity.v1.RotateSigningKeyRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SigningKey;
import io.liangjiang.identity.v1.SigningKeyService;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class SigningKeyTest {
  @GrpcClient("self")
  SigningKeyService keys;

  @GrpcClient("self")
  SessionService sessions;

  @TestHTTPResource("/.well-known/jwks.json")
  URL jwks;

  @Inject MutableClock clock;
  @Inject Tables tables;
  @Inject SigningKeys ring;
  @Inject SigningKeyRepository repository;
  @Inject SigningKeyFactory factory;
  @Inject Database database;

  @AfterEach
  void resetClock() {
    clock.reset();
    await(ring.reload());
  }

  private SigningKeyService asAdmin() {
    return TestCalls.as(keys, TestTokens.staff("admin", ""));
  }

  private SigningKey rotate(String requestId) {
    return await(
        asAdmin()
            .rotateSigningKey(
                RotateSigningKeyRequest.newBuilder().setRequestId(requestId).build()));
  }

  private List<String> published() throws Exception {
    return PublishedKeys.at(jwks).keys().stream().map(JsonWebKey::getKeyId).toList();
  }

  private static String keyIdOf(String token) throws Exception {
    return ((JsonWebSignature) JsonWebSignature.fromCompactSerialization(token))
        .getKeyIdHeaderValue();
  }

  @Test
  void signsWithTheActiveKeyAndPublishesTheNextOneToo() throws Exception {
    var list =
        await(asAdmin().listSigningKeys(ListSigningKeysRequest.getDefaultInstance()))
            .getSigningKeysList();
    var active = list.stream().filter(k -> k.getState() == SigningKey.State.ACTIVE).toList();
    assertThat(active).hasSize(1);
    assertThat(list.stream().filter(k -> k.getState() == SigningKey.State.NEXT)).hasSize(1);
    assertThat(published())
        .containsExactlyElementsOf(list.stream().map(SigningKey::getSigningKeyId).toList());
    var tokens = SignedIn.citizen(sessions);
    assertThat(keyIdOf(tokens.getAccessToken())).isEqualTo(active.getFirst().getSigningKeyId());
  }

  @Test
  void publishesNoPrivateHalf() throws Exception {
    for (JsonWebKey key : PublishedKeys.at(jwks).keys()) {
      assertThat(key.toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE))
          .containsOnlyKeys("kty", "kid", "use", "alg", "n", "e");
      assertThat(key.getAlgorithm()).isEqualTo("RS256");
    }
  }

  @Test
  void rotatesToTheKeyThatWasAnnouncedWhileOldTokensGoOn() throws Exception {
    var before = PublishedKeys.at(jwks);
    String oldToken = SignedIn.citizen(sessions).getAccessToken();

    SigningKey active = rotate(id());
    String newToken = SignedIn.citizen(sessions).getAccessToken();

    assertThat(keyIdOf(newToken)).isEqualTo(active.getSigningKeyId());
    assertThat(keyIdOf(oldToken)).isNotEqualTo(active.getSigningKeyId());
    assertThat(before.claims(newToken).getSubject()).as("by keys cached before").isNotEmpty();
    assertThat(PublishedKeys.at(jwks).claims(oldToken).getSubject()).isNotEmpty();
    assertThat(
            tables.count(
                "select count(*) from audit_record where action = 'signing-key.rotated'"
                    + " and subject = $1",
                active.getSigningKeyId()))
        .isEqualTo(1);
  }

  @Test
  void rotatesOnceForARequestId() {
    String requestId = id();
    SigningKey first = rotate(requestId);
    assertThat(rotate(requestId)).isEqualTo(first);
  }

  @Test
  void dropsARetiredKeyWhenItsTokensHaveExpired() throws Exception {
    String retired = keyIdOf(SignedIn.citizen(sessions).getAccessToken());
    rotate(id());
    clock.advance(Duration.ofMinutes(59));
    await(ring.reload());
    assertThat(published()).contains(retired);
    clock.advance(Duration.ofMinutes(2));
    await(ring.reload());
    assertThat(published()).doesNotContain(retired);
  }

  @Test
  void picksUpARotationOfAnotherReplica() throws Exception {
    var next = factory.create(clock.instant());
    var active =
        await(
            database.inTransaction(
                tx ->
                    repository
                        .rotate(tx, clock.instant())
                        .call(() -> repository.insert(tx, next))));
    await(ring.reload());
    assertThat(keyIdOf(SignedIn.citizen(sessions).getAccessToken())).isEqualTo(active.id());
    assertThat(published()).contains(next.id());
  }
}
