package io.liangjiang.identity.face;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.http.JsonHttp;
import io.liangjiang.identity.profile.RealNames;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The provider over HTTP, as the sandbox speaks it. */
@ApplicationScoped
class HttpFaceProvider implements FaceProvider {
  private static final Logger LOG = Logger.getLogger(HttpFaceProvider.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private final JsonHttp http;
  private final String server;
  private final String apiKey;
  private final Duration timeout;

  HttpFaceProvider(JsonHttp http, IdentitySettings settings, DevelopmentCity development) {
    var face = settings.faceProvider();
    this.http = http;
    this.timeout = face.timeout();
    this.server = face.baseUrl().or(development::sandboxUrl).orElse("");
    this.apiKey = face.apiKey().or(() -> development.only(DevelopmentCity.FACE_API_KEY)).orElse("");
  }

  @Override
  public boolean isSetUp() {
    return !server.isEmpty();
  }

  @Override
  public Uni<String> begin(UUID verificationId, RealNames.Document document) {
    JsonObject body =
        new JsonObject()
            .put("verificationId", verificationId.toString())
            .put("name", document.name())
            .put("idNumber", document.number().clearText());
    return send(JsonHttp.Call.post(server + "/faceVerifications", body, timeout))
        .map(answer -> ticket(answer.getString("ticket", "")))
        .onFailure()
        .transform(HttpFaceProvider::unavailable);
  }

  @Override
  public Uni<Result> result(String ticket) {
    return send(JsonHttp.Call.get(server + "/faceVerifications/" + ticket, timeout))
        .map(answer -> Result.valueOf(answer.getString("result", "")))
        .onFailure()
        .transform(HttpFaceProvider::unavailable);
  }

  private Uni<JsonObject> send(JsonHttp.Call call) {
    return http.send(call.header("X-Api-Key", apiKey));
  }

  private static String ticket(String given) {
    if (!TICKET.matcher(given).matches()) {
      throw new IllegalStateException("no ticket");
    }
    return given;
  }

  private static ServiceException unavailable(Throwable failure) {
    LOG.warnf("the face provider: %s", failure.getClass().getSimpleName());
    return new ServiceException(
            IdentityReason.FACE_PROVIDER_UNAVAILABLE, "the face provider is away")
        .retryAfter(RETRY_DELAY);
  }
}
