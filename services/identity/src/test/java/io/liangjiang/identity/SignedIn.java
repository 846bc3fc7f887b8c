package io.liangjiang.identity;

import io.liangjiang.identity.v1.RefreshSessionRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInStaffRequest;
import io.liangjiang.identity.v1.SignInWithMiniProgramRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;

/** What tests of signing in do again and again. */
public final class SignedIn {
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private SignedIn() {}

  /** Somebody new. */
  public static SessionTokens citizen(SessionService sessions) {
    return await(sessions.signInWithMiniProgram(request(code(openId())).build()));
  }

  public static SessionTokens staff(SessionService sessions, String username) {
    return await(
        sessions.signInStaff(
            SignInStaffRequest.newBuilder()
                .setRequestId(id())
                .setUsername(username)
                .setPassword(IdentityTestSettings.PASSWORD)
                .build()));
  }

  public static Uni<SessionTokens> refresh(SessionService sessions, String refreshToken) {
    return sessions.refreshSession(
        RefreshSessionRequest.newBuilder()
            .setRequestId(id())
            .setRefreshToken(refreshToken)
            .build());
  }

  public static SignInWithMiniProgramRequest.Builder request(String jsCode) {
    return SignInWithMiniProgramRequest.newBuilder()
        .setRequestId(id())
        .setAppId(DevelopmentCity.APP_ID)
        .setJsCode(jsCode);
  }

  public static String openId() {
    return "o" + UUID.randomUUID();
  }

  /** A fresh code that names the person. */
  public static String code(String openId) {
    return "open." + openId + "." + UUID.randomUUID();
  }

  public static String id() {
    return UUID.randomUUID().toString();
  }

  public static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }
}
