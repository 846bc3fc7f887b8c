package io.liangjiang.sandbox.miniprogram;

import io.liangjiang.sandbox.SandboxConfig;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of an app's server, 2 hours long; they carry their own end and need no table. */
@Singleton
final class AccessTokens {
  static final Duration LIFE = Duration.ofHours(2);

  private final SandboxConfig config;
  private final InstantSource clock;

  AccessTokens(SandboxConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  String issue() {
    String end = Long.toString(clock.instant().plus(LIFE).getEpochSecond());
    return end + "_" + seal(end);
  }

  boolean isValid(String token) {
    int separator = token == null ? -1 : token.indexOf('_');
    if (separator <= 0) {
      return false;
    }
    String end = token.substring(0, separator);
    byte[] expected = seal(end).getBytes(StandardCharsets.UTF_8);
    byte[] given = token.substring(separator + 1).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given)
        && Instant.ofEpochSecond(Long.parseLong(end)).isAfter(clock.instant());
  }

  private String seal(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = config.appSecret().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HmacSHA256", e);
    }
  }
}
