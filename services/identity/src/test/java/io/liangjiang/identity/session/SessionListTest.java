package io.liangjiang.identity.session;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.ListMySessionsRequest;
import io.liangjiang.identity.v1.RevokeMySessionRequest;
import io.liangjiang.identity.v1.Session;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignOutRequest;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@IdentityTest
class SessionListTest {
  @GrpcClient("self")
  SessionService sessions;

  @Inject Tables tables;

  private SessionService as(SessionTokens tokens) {
    UUID citizen = UUID.fromString(tokens.getCitizen().getCitizenId());
    return TestCalls.as(sessions, TestTokens.citizen(citizen, AssuranceLevel.BASIC));
  }

  private SessionTokens signIn(String openId, String label) {
    return await(
        sessions.signInWithMiniProgram(request(code(openId)).setDeviceLabel(label).build()));
  }

  private Session signOut(String refreshToken) {
    return await(
        sessions.signOut(
            SignOutRequest.newBuilder().setRequestId(id()).setRefreshToken(refreshToken).build()));
  }

  private static RevokeMySessionRequest revoke(String sessionId) {
    return RevokeMySessionRequest.newBuilder().setRequestId(id()).setSessionId(sessionId).build();
  }

  @Test
  void listsLiveSessionsNewestFirstPageByPage() {
    String openId = SignedIn.openId();
    var oldest = signIn(openId, "phone");
    var ended = signIn(openId, "lost");
    var newest = signIn(openId, "tablet");
    signOut(ended.getRefreshToken());

    var first =
        await(as(oldest).listMySessions(ListMySessionsRequest.newBuilder().setPageSize(1).build()));
    assertThat(first.getSessionsList())
        .extracting(Session::getDeviceLabel)
        .containsExactly("tablet");
    var second =
        await(
            as(oldest)
                .listMySessions(
                    ListMySessionsRequest.newBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build()));
    assertThat(second.getSessionsList())
        .extracting(Session::getSessionId)
        .containsExactly(oldest.getSessionId());
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(newest.getCitizen()).isEqualTo(oldest.getCitizen());
  }

  @Test
  void endsASessionOnceAndTellsTheWorldOnce() {
    var tokens = SignedIn.citizen(sessions);
    var ended = signOut(tokens.getRefreshToken());
    assertThat(ended.getSessionId()).isEqualTo(tokens.getSessionId());
    assertThat(ended.hasRevokeTime()).isTrue();
    assertThat(signOut(tokens.getRefreshToken())).isEqualTo(ended);
    assertThat(
            TestCalls.reason(
                catchThrowable(() -> await(SignedIn.refresh(sessions, tokens.getRefreshToken())))))
        .isEqualTo("SESSION_REVOKED");
    assertThat(
            tables.count(
                "select count(*) from outbox_event where event_type = 'identity.SessionRevoked'"
                    + " and subject = $1",
                tokens.getSessionId()))
        .isEqualTo(1);
  }

  @Test
  void endsTheSessionOfAnOlderRefreshTokenToo() {
    var first = SignedIn.citizen(sessions);
    await(SignedIn.refresh(sessions, first.getRefreshToken()));
    assertThat(signOut(first.getRefreshToken()).getSessionId()).isEqualTo(first.getSessionId());
  }

  @Test
  void revokesOnlyTheCallersOwnSession() {
    var mine = SignedIn.citizen(sessions);
    var theirs = SignedIn.citizen(sessions);
    var refusal =
        catchThrowable(() -> await(as(mine).revokeMySession(revoke(theirs.getSessionId()))));
    assertThat(TestCalls.reason(refusal)).isEqualTo("SESSION_NOT_FOUND");
    assertThat(await(SignedIn.refresh(sessions, theirs.getRefreshToken())).getSessionId())
        .isEqualTo(theirs.getSessionId());

    assertThat(await(as(mine).revokeMySession(revoke(mine.getSessionId()))).hasRevokeTime())
        .isTrue();
  }

  @Test
  void refusesWrongInput() {
    var mine = SignedIn.citizen(sessions);
    assertThat(
            TestCalls.reason(
                catchThrowable(() -> await(as(mine).revokeMySession(revoke("no-uuid"))))))
        .isEqualTo("SESSION_NOT_FOUND");
    assertThat(TestCalls.reason(catchThrowable(() -> signOut("nonsense"))))
        .isEqualTo("INVALID_REFRESH_TOKEN");
    assertThat(TestCalls.reason(catchThrowable(() -> signOut("")))).isEqualTo("UNAUTHENTICATED");
    var page = ListMySessionsRequest.newBuilder().setPageToken("%%%").build();
    assertThat(TestCalls.reason(catchThrowable(() -> await(as(mine).listMySessions(page)))))
        .isEqualTo("INVALID_PAGE_TOKEN");
    var size = ListMySessionsRequest.newBuilder().setPageSize(-1).build();
    assertThat(TestCalls.reason(catchThrowable(() -> await(as(mine).listMySessions(size)))))
        .isEqualTo("INVALID_ARGUMENT");
  }
}
