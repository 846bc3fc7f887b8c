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
import org.jboss.logging.Logger;

/**
 * WeChat's server interface (auth.code2Session, getAccessToken, phonenumber.getPhoneNumber), which
 * the sandbox speaks too.
 */
@ApplicationScoped
public class WeChatProvider implements MiniProgramProvider {
  private static final Logger LOG = Logger.getLogger(WeChatProvider.class);
  private static final String REAL_SERVER = "https://api.weixin.qq.com";
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final int MAX_OPEN_ID = 128;

  // WeChat's global error codes
  private static final int OK = 0;
  private static final int INVALID_TOKEN = 40001;
  private static final int EXPIRED_TOKEN = 42001;
  private static final int INVALID_CODE = 40029;
  private static final int RISKY_USER = 40226;
  private static final int USED_CODE = 40163;

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
              int code = errorCode(answer);
              if (code != INVALID_TOKEN && code != EXPIRED_TOKEN) {
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

  private Uni<ProviderTokens.Token> fetchToken(App app) {
    String url =
        "%s/cgi-bin/token?grant_type=client_credential&appid=%s&secret=%s"
            .formatted(baseUrl, encode(app.id()), encode(app.secret()));
    return send(JsonHttp.Call.get(url, timeout))
        .map(
            answer -> {
              String token = answer.getString("access_token", "");
              if (token.isEmpty()) {
                throw unavailable("cgi-bin/token answered " + errorCode(answer));
              }
              return new ProviderTokens.Token(
                  token, Duration.ofSeconds(answer.getInteger("expires_in", 0)));
            });
  }

  private Uni<JsonObject> send(JsonHttp.Call call) {
    return http.send(call)
        .onFailure()
        .transform(e -> unavailable("no answer: " + e.getClass().getSimpleName()));
  }

  private static OpenIdentity identity(JsonObject answer) {
    String openId = answer.getString("openid", "");
    if (!openId.isEmpty() && openId.length() <= MAX_OPEN_ID) {
      return new OpenIdentity(openId, answer.getString("unionid", ""));
    }
    throw switch (errorCode(answer)) {
      case INVALID_CODE, USED_CODE, RISKY_USER ->
          new ServiceException(
              IdentityReason.INVALID_JS_CODE, "the sign-in code is unknown, expired or used");
      default -> unavailable("jscode2session answered " + errorCode(answer));
    };
  }

  private static String number(JsonObject answer) {
    int code = errorCode(answer);
    if (code == INVALID_CODE || code == USED_CODE) {
      throw new ServiceException(
          IdentityReason.INVALID_PHONE_CODE, "the phone code is unknown, expired or used");
    }
    JsonObject phone = answer.getJsonObject("phone_info", new JsonObject());
    String number = phone.getString("purePhoneNumber", "");
    if (code != OK || number.isEmpty()) {
      throw unavailable("getuserphonenumber answered " + code);
    }
    return number;
  }

  private static int errorCode(JsonObject answer) {
    return answer.getInteger("errcode", OK);
  }

  private static ServiceException unavailable(String what) {
    LOG.warnf("the mini-programs' server: %s", what);
    return new ServiceException(
            IdentityReason.SIGN_IN_PROVIDER_UNAVAILABLE, "the mini-programs' server is away")
        .retryAfter(RETRY_DELAY);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
