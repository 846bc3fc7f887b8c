package io.liangjiang.identity.profile;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.http.JsonHttp;
import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The bureau over HTTP, as the sandbox speaks it: name and number in, one word out. */
@ApplicationScoped
class HttpRealNameBureau implements RealNameBureau {
  private static final Logger LOG = Logger.getLogger(HttpRealNameBureau.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  private final JsonHttp http;
  private final String url;
  private final String parenthoodUrl;
  private final String apiKey;
  private final Duration timeout;

  HttpRealNameBureau(JsonHttp http, IdentitySettings settings, DevelopmentCity development) {
    var bureau = settings.realNameBureau();
    this.http = http;
    this.timeout = bureau.timeout();
    String server = bureau.baseUrl().or(development::sandboxUrl).orElse("");
    this.url = server + "/realNameVerifications";
    this.parenthoodUrl = server + "/parenthoodVerifications";
    this.apiKey =
        bureau.apiKey().or(() -> development.only(DevelopmentCity.BUREAU_API_KEY)).orElse("");
  }

  @Override
  public Uni<Result> verify(String name, CitizenIdNumber number) {
    JsonObject body = new JsonObject().put("name", name).put("idNumber", number.clearText());
    return http.send(JsonHttp.Call.post(url, body, timeout).header("X-Api-Key", apiKey))
        .map(answer -> Result.valueOf(answer.getString("result", "")))
        .onFailure()
        .transform(HttpRealNameBureau::unavailable);
  }

  @Override
  public Uni<Boolean> isParent(CitizenIdNumber parent, String childName, CitizenIdNumber child) {
    JsonObject body =
        new JsonObject()
            .put("parentIdNumber", parent.clearText())
            .put("childName", childName)
            .put("childIdNumber", child.clearText());
    return http.send(JsonHttp.Call.post(parenthoodUrl, body, timeout).header("X-Api-Key", apiKey))
        .map(answer -> Parenthood.valueOf(answer.getString("result", "")) == Parenthood.PARENT)
        .onFailure()
        .transform(HttpRealNameBureau::unavailable);
  }

  private enum Parenthood {
    PARENT,
    NOT_PARENT
  }

  private static ServiceException unavailable(Throwable failure) {
    LOG.warnf("the real-name bureau: %s", failure.getClass().getSimpleName());
    return new ServiceException(
            IdentityReason.REAL_NAME_BUREAU_UNAVAILABLE, "the real-name bureau is away")
        .retryAfter(RETRY_DELAY);
  }
}
