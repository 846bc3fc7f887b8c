package io.liangjiang.identity.miniprogram;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.http.JsonHttp;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * WeChat's server interface (code2Session, getStableAccessToken, getPhoneNumber), which the sandbox
 * speaks too.
 */
@ApplicationScoped
public class WeChatProvider implements MiniProgramProvider {
  private static final String REAL_SERVER = "https://api.weixin.qq.com";
  private static final int MAX_OPEN_ID = 128;

  /** What getuserphonenumber answers where the token is good and the code is of another app. */
  private static final int CODE_OF_ANOTHER_APP = 40013;

  private final JsonHttp http;
  private final ProviderTokens tokens;
  private final String baseUrl;
  private final Duration timeout;

  WeChatProvider(
      JsonHttp http,
      ProviderTokens tokens,
      IdentitySettings settings,
      DevelopmentCity development) {
    this.http = http;
    this.tokens = tokens;
    this.timeout = settings.miniProgram().timeout();
    this.baseUrl = settings.miniProgram().baseUrl().or(development::sandboxUrl).orElse(REAL_SERVER);
  }

  @Override
  public Uni<OpenIdentity> exchange(App app, String jsCode) {
    String url =
        "%s/sns/jscode2session?appid=%s&secret=%s&js_code=%s&grant_type=authorization_code"
            .formatted(baseUrl, encode(app.id()), encode(app.secret()), encode(jsCode));
    return send(JsonHttp.Call.get(url, timeout)).map(WeChatProvider::identity);
  }

  @Override
  public Uni<String> phoneNumber(App app, String phoneCode) {
    return askPhoneNumber(app, phoneCode)
        .chain(
            answer -> {
              if (!WeChatErrors.isToken(errorCode(answer))) {
                return Uni.createFrom().item(answer);
              }
              tokens.forget(app);
              return askPhoneNumber(app, phoneCode);
            })
        .map(WeChatProvider::number);
  }

  private Uni<JsonObject> askPhoneNumber(App app, String phoneCode) {
    return tokens
        .of(app, () -> fetchToken(app))
        .chain(
            token ->
                send(
                    JsonHttp.Call.post(
                        baseUrl + "/wxa/business/getuserphonenumber?access_token=" + encode(token),
                        new JsonObject().put("code", phoneCode),
                        timeout)));
  }

  /**
   * Asks for the stable token: every replica is given the same one, while the older interface
   * (cgi-bin/token) ends the token of one replica when another asks.
   */
  private Uni<ProviderTokens.Token> fetchToken(App app) {
    var request =
        new JsonObject()
            .put("grant_type", "client_credential")
            .put("appid", app.id())
            .put("secret", app.secret())
            .put("force_refresh", false);
    return send(JsonHttp.Call.post(baseUrl + "/cgi-bin/stable_token", request, timeout))
        .map(
            answer -> {
              String token = answer.getString("access_token", "");
              if (token.isEmpty()) {
                throw WeChatErrors.of(
                    "stable_token", errorCode(answer), IdentityReason.SIGN_IN_PROVIDER_UNAVAILABLE);
              }
              return new ProviderTokens.Token(
                  token, Duration.ofSeconds(answer.getInteger("expires_in", 0)));
            });
  }

  private Uni<JsonObject> send(JsonHttp.Call call) {
    return http.send(call).onFailure().transform(WeChatErrors::noAnswer);
  }

  private static OpenIdentity identity(JsonObject answer) {
    String openId = answer.getString("openid", "");
    if (openId.isEmpty() || openId.length() > MAX_OPEN_ID) {
      throw WeChatErrors.of("jscode2session", errorCode(answer), IdentityReason.INVALID_JS_CODE);
    }
    return new OpenIdentity(openId, answer.getString("unionid", ""));
  }

  private static String number(JsonObject answer) {
    int code = errorCode(answer);
    if (code == CODE_OF_ANOTHER_APP) {
      throw new ServiceException(
          IdentityReason.INVALID_PHONE_CODE, "the phone code is another mini-program's");
    }
    JsonObject phone = answer.getJsonObject("phone_info", new JsonObject());
    String number = phone.getString("purePhoneNumber", "");
    if (code != WeChatErrors.OK || number.isEmpty()) {
      throw WeChatErrors.of("getuserphonenumber", code, IdentityReason.INVALID_PHONE_CODE);
    }
    return number;
  }

  private static int errorCode(JsonObject answer) {
    return answer.getInteger("errcode", WeChatErrors.OK);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
