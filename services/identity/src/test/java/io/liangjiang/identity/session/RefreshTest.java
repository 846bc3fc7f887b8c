package io.liangjiang.identity.session;

import static io.liangjiang.identity.SignedIn.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class RefreshTest {
  private static final Duration GRACE = Duration.ofSeconds(60);

  @GrpcClient("self")
  SessionService sessions;

  @Inject MutableClock clock;
  @Inject Tables tables;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private SessionTokens refresh(String token) {
    return await(SignedIn.refresh(sessions, token));
  }

  private String refusal(String token) {
    return TestCalls.reason(catchThrowable(() -> refresh(token)));
  }

  private long liveTokens(SessionTokens tokens) {
    return tables.count(
        "select count(*) from refresh_token t join session s using (session_id)"
            + " where s.session_id = $1 and s.revoke_time is null and t.rotate_time is null",
        UUID.fromString(tokens.getSessionId()));
  }

  @Test
  void rotatesAndKeepsTheSession() {
    var first = SignedIn.citizen(sessions);
    var second = refresh(first.getRefreshToken());
    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(second.getAccessToken()).isNotEqualTo(first.getAccessToken());
    assertThat(second.getSessionId()).isEqualTo(first.getSessionId());
    assertThat(second.getCitizen()).isEqualTo(first.getCitizen());
    assertThat(liveTokens(first)).isEqualTo(1);
  }

  @Test
  void givesSixtyFourConcurrentCallsTheSameSuccessor() {
    var first = SignedIn.citizen(sessions);
    List<Uni<SessionTokens>> calls =
        IntStream.range(0, 64)
            .mapToObj(i -> SignedIn.refresh(sessions, first.getRefreshToken()))
            .toList();
    List<SessionTokens> answers = await(Uni.join().all(calls).andFailFast());
    assertThat(answers).hasSize(64);
    assertThat(answers.stream().map(SessionTokens::getRefreshToken).distinct()).hasSize(1);
    assertThat(answers.stream().map(SessionTokens::getAccessToken).distinct()).hasSize(1);
    assertThat(liveTokens(first)).isEqualTo(1);
  }

  @Test
  void survivesEveryLostResponseOfALongChain() {
    var tokens = SignedIn.citizen(sessions);
    String sessionId = tokens.getSessionId();
    for (int round = 0; round < 20; round++) {
      var lost = refresh(tokens.getRefreshToken());
      clock.advance(Duration.ofSeconds(59));
      var retried = refresh(tokens.getRefreshToken());
      assertThat(retried.getRefreshToken()).isEqualTo(lost.getRefreshToken());
      assertThat(retried.getAccessToken()).isEqualTo(lost.getAccessToken());
      tokens = retried;
      clock.advance(Duration.ofMinutes(9));
    }
    assertThat(tokens.getSessionId()).isEqualTo(sessionId);
    assertThat(liveTokens(tokens)).isEqualTo(1);
  }

  @Test
  void answersTheOldTokenInGraceEvenAfterItsSuccessorWasUsed() {
    var a = SignedIn.citizen(sessions);
    var b = refresh(a.getRefreshToken());
    var c = refresh(b.getRefreshToken());
    assertThat(refresh(a.getRefreshToken()).getRefreshToken()).isEqualTo(b.getRefreshToken());
    assertThat(refresh(b.getRefreshToken()).getRefreshToken()).isEqualTo(c.getRefreshToken());
    assertThat(liveTokens(a)).isEqualTo(1);
  }

  @Test
  void goesOnAlongTheChainAfterGrace() {
    var a = SignedIn.citizen(sessions);
    var b = refresh(a.getRefreshToken());
    clock.advance(GRACE.multipliedBy(3));
    var c = refresh(b.getRefreshToken());
    assertThat(c.getSessionId()).isEqualTo(a.getSessionId());
  }

  @Test
  void revokesTheWholeFamilyWhenATokenComesBackAfterGrace() {
    var a = SignedIn.citizen(sessions);
    var b = refresh(a.getRefreshToken());
    clock.advance(GRACE);
    assertThat(refusal(a.getRefreshToken())).isEqualTo("REFRESH_TOKEN_REUSED");
    assertThat(refusal(b.getRefreshToken())).isEqualTo("SESSION_REVOKED");
    assertThat(refusal(a.getRefreshToken())).isEqualTo("SESSION_REVOKED");
    assertThat(liveTokens(a)).isZero();
    assertThat(
            tables.count(
                "select count(*) from outbox_event where event_type = 'identity.SessionRevoked'"
                    + " and subject = $1",
                a.getSessionId()))
        .isEqualTo(1);
    assertThat(
            tables.count(
                "select count(*) from audit_record where action = 'session.revoked'"
                    + " and subject = $1 and detail = $2",
                a.getCitizen().getCitizenId(),
                "REFRESH_TOKEN_REUSED " + a.getSessionId()))
        .isEqualTo(1);
  }

  @Test
  void answersThoseWhoCameWithAReusedToken() {
    var stolen = SignedIn.citizen(sessions);
    refresh(stolen.getRefreshToken());
    clock.advance(GRACE);
    var honest = IntStream.range(0, 20).mapToObj(i -> SignedIn.citizen(sessions)).toList();

    Uni<String> reuse =
        SignedIn.refresh(sessions, stolen.getRefreshToken())
            .map(SessionTokens::getRefreshToken)
            .onFailure()
            .recoverWithItem(TestCalls::reason);
    Uni<String> unknown =
        SignedIn.refresh(sessions, "A".repeat(43))
            .map(SessionTokens::getRefreshToken)
            .onFailure()
            .recoverWithItem(TestCalls::reason);
    List<Uni<String>> refreshes =
        honest.stream()
            .map(each -> SignedIn.refresh(sessions, each.getRefreshToken()))
            .map(call -> call.map(SessionTokens::getSessionId))
            .toList();
    List<String> answers =
        await(
            Uni.join()
                .all(Stream.concat(Stream.of(reuse, unknown), refreshes.stream()).toList())
                .andFailFast());

    assertThat(answers.subList(0, 2))
        .containsExactly("REFRESH_TOKEN_REUSED", "INVALID_REFRESH_TOKEN");
    assertThat(answers.subList(2, answers.size()))
        .isEqualTo(honest.stream().map(SessionTokens::getSessionId).toList());
    assertThat(liveTokens(stolen)).isZero();
    assertThat(honest).allSatisfy(each -> assertThat(liveTokens(each)).isEqualTo(1));
  }

  @Test
  void leavesOtherSessionsOfTheCitizenAlone() {
    String openId = SignedIn.openId();
    var stolen =
        await(sessions.signInWithMiniProgram(SignedIn.request(SignedIn.code(openId)).build()));
    var other =
        await(sessions.signInWithMiniProgram(SignedIn.request(SignedIn.code(openId)).build()));
    refresh(stolen.getRefreshToken());
    clock.advance(GRACE);
    assertThat(refusal(stolen.getRefreshToken())).isEqualTo("REFRESH_TOKEN_REUSED");
    assertThat(refresh(other.getRefreshToken()).getCitizen()).isEqualTo(other.getCitizen());
  }

  @Test
  void expiresATokenThatWaitsTooLong() {
    var tokens = SignedIn.citizen(sessions);
    clock.advance(Duration.ofDays(30));
    assertThat(refusal(tokens.getRefreshToken())).isEqualTo("REFRESH_TOKEN_EXPIRED");
  }

  @Test
  void endsASessionAtItsGreatestAge() {
    var tokens = SignedIn.citizen(sessions);
    for (int month = 0; month < 8; month++) {
      clock.advance(Duration.ofDays(22));
      tokens = refresh(tokens.getRefreshToken());
    }
    clock.advance(Duration.ofDays(4));
    assertThat(refusal(tokens.getRefreshToken())).isEqualTo("REFRESH_TOKEN_EXPIRED");
  }

  @Test
  void refusesWhatIsNoToken() {
    String unknown = "A".repeat(43);
    assertThat(refusal(unknown)).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(refusal("")).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(refusal("!".repeat(43))).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(refusal("A".repeat(42) + "B")).isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(refusal("x".repeat(100_000))).isEqualTo("INVALID_REFRESH_TOKEN");
  }
}
