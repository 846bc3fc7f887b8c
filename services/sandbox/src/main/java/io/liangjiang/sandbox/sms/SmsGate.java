package io.liangjiang.sandbox.sms;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks each request's key, signature and time. Nonces are not remembered: a message's id is what
 * makes a replay harmless.
 */
@Singleton
final class SmsGate {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z-]{16,64}");

  private final SandboxConfig config;
  private final InstantSource clock;

  SmsGate(SandboxConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Errors: 401 SIGN_ERROR. */
  void verify(HttpServerRequest request, String body) {
    String timestamp = header(request, "Sms-Timestamp");
    String nonce = header(request, "Sms-Nonce");
    if (!SECONDS.matcher(timestamp).matches() || !NONCE.matcher(nonce).matches()) {
      throw unauthorized("Sms-Timestamp or Sms-Nonce is missing or malformed");
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(time, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      throw unauthorized("Sms-Timestamp is more than 5 minutes off");
    }
    if (!header(request, "Sms-Key-Id").equals(config.smsKeyId())) {
      throw unauthorized("Sms-Key-Id names no key");
    }
    String expected = sign(request.method().name(), request.path(), timestamp, nonce, body);
    boolean fits =
        MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8),
            header(request, "Sms-Signature").getBytes(StandardCharsets.UTF_8));
    if (!fits) {
      throw unauthorized("Sms-Signature does not fit the request");
    }
  }

  private String sign(String... lines) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(config.smsKey().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String text = String.join("\n", lines) + "\n";
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no " + ALGORITHM, e);
    }
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private static SandboxException unauthorized(String message) {
    return new SandboxException(401, "SIGN_ERROR", message);
  }
}
