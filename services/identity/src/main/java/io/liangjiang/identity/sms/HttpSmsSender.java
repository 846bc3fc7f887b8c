package io.liangjiang.identity.sms;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.http.JsonHttp;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * A provider over HTTP, as the sandbox speaks it: an approved template with its parameters, signed
 * by HMAC-SHA-256 over method, path, time, nonce and body, each ended by a newline.
 */
@ApplicationScoped
class HttpSmsSender implements SmsSender {
  private static final Logger LOG = Logger.getLogger(HttpSmsSender.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final String PATH = "/smsMessages";
  private static final String ALGORITHM = "HmacSHA256";

  private final JsonHttp http;
  private final IdentitySettings.Sms settings;
  private final InstantSource clock;
  private final String baseUrl;
  private final String keyId;
  private final String key;

  HttpSmsSender(
      JsonHttp http, IdentitySettings settings, DevelopmentCity development, InstantSource clock) {
    this.http = http;
    this.settings = settings.sms();
    this.clock = clock;
    this.baseUrl = this.settings.baseUrl().or(development::sandboxUrl).orElse("");
    this.keyId =
        this.settings.keyId().or(() -> development.only(DevelopmentCity.SMS_KEY_ID)).orElse("");
    this.key = this.settings.key().or(() -> development.only(DevelopmentCity.SMS_KEY)).orElse("");
  }

  @Override
  public Uni<Void> send(Message message) {
    if (baseUrl.isEmpty() || key.isEmpty()) {
      return Uni.createFrom().failure(unavailable("no provider is set"));
    }
    return http.send(signed(body(message)))
        .onFailure()
        .transform(e -> unavailable(e.getClass().getSimpleName() + " " + message.id()))
        .invoke(answer -> requireAccepted(answer, message))
        .replaceWithVoid();
  }

  private JsonObject body(Message message) {
    return new JsonObject()
        .put("messageId", message.id().toString())
        .put("phoneNumber", message.phone().digits())
        .put("signature", settings.signature())
        .put("templateId", settings.templateId())
        .put(
            "templateParameters",
            new JsonObject()
                .put("code", message.code())
                .put("minutes", Long.toString(message.life().toMinutes())));
  }

  private JsonHttp.Call signed(JsonObject body) {
    String time = Long.toString(clock.instant().getEpochSecond());
    String nonce = UUID.randomUUID().toString();
    return JsonHttp.Call.post(baseUrl + PATH, body, settings.timeout())
        .header("Sms-Key-Id", keyId)
        .header("Sms-Timestamp", time)
        .header("Sms-Nonce", nonce)
        .header("Sms-Signature", sign("POST", PATH, time, nonce, body.encode()));
  }

  private String sign(String... lines) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String text = String.join("\n", lines) + "\n";
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private static void requireAccepted(JsonObject answer, Message message) {
    if (!"ACCEPTED".equals(answer.getString("state"))) {
      throw unavailable("not accepted: " + message.id());
    }
  }

  private static ServiceException unavailable(String what) {
    LOG.warnf("the SMS provider: %s", what);
    return new ServiceException(IdentityReason.SMS_PROVIDER_UNAVAILABLE, "the SMS provider is away")
        .retryAfter(RETRY_DELAY);
  }
}
