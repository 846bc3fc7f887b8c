package io.liangjiang.identity.miniprogram;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SignInWithMiniProgramRequest;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error that WeChat documents for what is called, as the phone is told of it. */
@IdentityTest
class WeChatErrorsTest {
  @GrpcClient("self")
  SessionService sessions;

  @Inject Tables tables;

  private String refusal(SignInWithMiniProgramRequest.Builder request) {
    return TestCalls.reason(
        catchThrowable(() -> await(sessions.signInWithMiniProgram(request.build()))));
  }

  private static SignInWithMiniProgramRequest.Builder withPhoneCode(int error) {
    return request(code(openId())).setPhoneCode("error." + error + "." + UUID.randomUUID());
  }

  @ParameterizedTest
  @CsvSource({
    "40029, INVALID_JS_CODE",
    "40163, INVALID_JS_CODE",
    "41008, INVALID_JS_CODE",
    "40226, SIGN_IN_BLOCKED",
    "45011, TOO_MANY_ATTEMPTS",
    "-1, SIGN_IN_PROVIDER_UNAVAILABLE",
    "40013, SIGN_IN_PROVIDER_UNAVAILABLE",
    "40125, SIGN_IN_PROVIDER_UNAVAILABLE",
    "40164, SIGN_IN_PROVIDER_UNAVAILABLE",
    "0, SIGN_IN_PROVIDER_UNAVAILABLE",
    "99999, SIGN_IN_PROVIDER_UNAVAILABLE"
  })
  void ofTheSignInCode(int error, String reason) {
    assertThat(refusal(request("error." + error + "." + UUID.randomUUID()))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "40029, INVALID_PHONE_CODE",
    "40163, INVALID_PHONE_CODE",
    "40013, INVALID_PHONE_CODE",
    "45011, TOO_MANY_ATTEMPTS",
    "-1, SIGN_IN_PROVIDER_UNAVAILABLE",
    "45009, SIGN_IN_PROVIDER_UNAVAILABLE"
  })
  void ofThePhoneCode(int error, String reason) {
    assertThat(refusal(withPhoneCode(error))).isEqualTo(reason);
  }

  /** A second refusal of a token that is new is the provider's fault, and ends the attempts. */
  @ParameterizedTest
  @ValueSource(ints = {40001, 40014, 42001})
  void ofATokenThatIsRefusedTwice(int error) {
    assertThat(refusal(withPhoneCode(error))).isEqualTo("SIGN_IN_PROVIDER_UNAVAILABLE");
  }

  @Test
  void theSessionKeyIsKeptNowhere() {
    var tokens = await(sessions.signInWithMiniProgram(request(code(openId())).build()));
    assertThat(
            tables.count(
                "select count(*) from session s join refresh_token t using (session_id)"
                    + " join sign_in i using (session_id)"
                    + " join sign_in_identity w on w.citizen_id = s.account_id"
                    + " where s.session_id = $1"
                    + " and (s::text || t::text || i::text || w::text) not like '%c2VjcmV0%'",
                UUID.fromString(tokens.getSessionId())))
        .isEqualTo(1);
  }
}
