package io.liangjiang.sandbox.miniprogram;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names of a phone's owner: stable, and telling nothing of the phone number to a reader. */
final class OpenIds {
  private static final byte[] SALT = "liangjiang sandbox".getBytes(StandardCharsets.UTF_8);
  private static final int LENGTH = 27;

  private OpenIds() {}

  /** The owner's name in one app: 28 characters that start with o. */
  static String openId(String appId, String phone) {
    return "o" + digest("openid\n" + appId + "\n" + phone);
  }

  /** The owner's name in all apps of one developer: 28 characters that start with o. */
  static String unionId(String phone) {
    return "o" + digest("unionid\n" + phone);
  }

  private static String digest(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SALT, "HmacSHA256"));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HmacSHA256", e);
    }
  }
}
