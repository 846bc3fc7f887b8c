package io.liangjiang.sandbox.miniprogram;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan.Availability;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.miniprogram.LoginCodes.Exchange;
import io.liangjiang.sandbox.miniprogram.LoginCodes.Kind;
import io.liangjiang.sandbox.miniprogram.LoginCodes.Outcome;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;

/** The super-app's servers. Their errors come with HTTP 200, as the real ones do. */
@Path("/")
@RunOnVirtualThread
public final class MiniProgramResource {
  private static final Pattern PHONE = Pattern.compile("1[3-9][0-9]{9}");
  private static final int SESSION_KEY_BYTES = 16;

  private final SandboxConfig config;
  private final LoginCodes codes;
  private final IssuedOpenIds openIds;
  private final AccessTokens tokens;
  private final Faults faults;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  MiniProgramResource(
      SandboxConfig config,
      LoginCodes codes,
      IssuedOpenIds openIds,
      AccessTokens tokens,
      Faults faults,
      InstantSource clock) {
    this.config = config;
    this.codes = codes;
    this.openIds = openIds;
    this.tokens = tokens;
    this.faults = faults;
    this.clock = clock;
  }

  /** Asks for codes in the name of a phone. */
  record CodesRequest(String phone) {}

  /** The two codes that a phone hands to the mini-program. */
  record Codes(String appId, String jsCode, String phoneCode) {}

  /** Asks for a token; whether to end those before it, these tokens do not care. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record StableTokenRequest(
      String appid, String secret, @JsonProperty("grant_type") String grantType) {}

  /** Exchanges the second code. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record PhoneNumberRequest(String code) {}

  @POST
  @Path("jsCodes")
  public Codes jsCodes(CodesRequest request) {
    String phone = request == null || request.phone == null ? "" : request.phone;
    if (!PHONE.matcher(phone).matches()) {
      throw new SandboxException(
          400, "INVALID_PHONE", "phone must be 11 digits: 1, then 3 to 9, then 9 digits");
    }
    return new Codes(
        config.appId(), codes.issue(Kind.SESSION, phone), codes.issue(Kind.PHONE, phone));
  }

  @GET
  @Path("sns/jscode2session")
  public Map<String, Object> session(
      @RestQuery String appid,
      @RestQuery String secret,
      @RestQuery("js_code") String jsCode,
      @RestQuery("grant_type") String grantType) {
    Optional<Map<String, Object>> refusal = refuse(appid, secret);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!"authorization_code".equals(grantType)) {
      return error(40002, "invalid grant_type");
    }
    Exchange exchange = codes.exchange(Kind.SESSION, jsCode == null ? "" : jsCode);
    if (exchange.outcome() != Outcome.DONE) {
      return codeError(exchange.outcome());
    }
    String phone = exchange.phone().orElseThrow();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("openid", openIds.issue(appid, phone));
    answer.put("session_key", sessionKey());
    answer.put("unionid", OpenIds.unionId(phone));
    return answer;
  }

  @GET
  @Path("cgi-bin/token")
  public Map<String, Object> token(
      @RestQuery String appid,
      @RestQuery String secret,
      @RestQuery("grant_type") String grantType) {
    Optional<Map<String, Object>> refusal = refuse(appid, secret);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!"client_credential".equals(grantType)) {
      return error(40002, "invalid grant_type");
    }
    return Map.of("access_token", tokens.issue(), "expires_in", AccessTokens.LIFE.toSeconds());
  }

  @POST
  @Path("cgi-bin/stable_token")
  public Map<String, Object> stableToken(StableTokenRequest request) {
    StableTokenRequest asked = request == null ? new StableTokenRequest("", "", "") : request;
    return token(asked.appid, asked.secret, asked.grantType);
  }

  @POST
  @Path("wxa/business/getuserphonenumber")
  public Map<String, Object> phoneNumber(
      @RestQuery("access_token") String accessToken, PhoneNumberRequest request) {
    if (faults.now().login() == Availability.FAIL) {
      return error(-1, "system error");
    }
    if (!tokens.isValid(accessToken)) {
      return error(40001, "invalid credential, access_token is invalid or not latest");
    }
    String code = request == null || request.code == null ? "" : request.code;
    Exchange exchange = codes.exchange(Kind.PHONE, code);
    if (exchange.outcome() != Outcome.DONE) {
      return error(40029, "invalid code");
    }
    String phone = exchange.phone().orElseThrow();
    Map<String, Object> phoneInfo = new LinkedHashMap<>();
    phoneInfo.put("phoneNumber", phone);
    phoneInfo.put("purePhoneNumber", phone);
    phoneInfo.put("countryCode", "86");
    phoneInfo.put(
        "watermark",
        Map.of("timestamp", clock.instant().getEpochSecond(), "appid", config.appId()));
    Map<String, Object> answer = error(0, "ok");
    answer.put("phone_info", phoneInfo);
    return answer;
  }

  private Optional<Map<String, Object>> refuse(String appid, String secret) {
    if (faults.now().login() == Availability.FAIL) {
      return Optional.of(error(-1, "system error"));
    }
    if (!config.appId().equals(appid)) {
      return Optional.of(error(40013, "invalid appid"));
    }
    if (!config.appSecret().equals(secret)) {
      return Optional.of(error(40125, "invalid appsecret"));
    }
    return Optional.empty();
  }

  private static Map<String, Object> codeError(Outcome outcome) {
    return outcome == Outcome.USED ? error(40163, "code been used") : error(40029, "invalid code");
  }

  private static Map<String, Object> error(int code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("errcode", code);
    error.put("errmsg", message);
    return error;
  }

  private String sessionKey() {
    byte[] key = new byte[SESSION_KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
