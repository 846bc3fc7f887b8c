package io.liangjiang.payments.channel.wechatpay;

import io.liangjiang.payments.channel.wechatpay.WeChatPaySettings.Merchant;
import io.liangjiang.payments.v1.Channel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A merchant account whose settings are complete. */
record MerchantAccount(
    Channel channel,
    URI baseUrl,
    String notifyUrl,
    String appId,
    String merchantId,
    String merchantSerial,
    String merchantPrivateKeyFile,
    String platformPublicKeyFile,
    String platformPublicKeyId,
    String apiV3Key) {
  private static final String WECHAT_PAY_URL = "https://api.mch.weixin.qq.com";
  private static final String SANDBOX_URL = "http://localhost:8090";
  private static final String SANDBOX_NOTIFY_URL = "http://localhost:9002";
  private static final String SANDBOX_APP_ID = "wx6c6a000000000001";
  private static final int API_KEY_LENGTH = 32;

  /**
   * Checks the settings of a channel; empty when none of the keys is set.
   *
   * @throws IllegalStateException that names what is missing or wrong
   */
  static Optional<MerchantAccount> of(Channel channel, Merchant settings) {
    Map<String, Optional<String>> keys = new LinkedHashMap<>();
    keys.put("MERCHANT_ID", settings.merchantId());
    keys.put("MERCHANT_SERIAL", settings.merchantSerial());
    keys.put("MERCHANT_PRIVATE_KEY_FILE", settings.merchantPrivateKeyFile());
    keys.put("PLATFORM_PUBLIC_KEY_FILE", settings.platformPublicKeyFile());
    keys.put("PLATFORM_PUBLIC_KEY_ID", settings.platformPublicKeyId());
    keys.put("API_V3_KEY", settings.apiV3Key());
    if (keys.values().stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    boolean sandbox = channel == Channel.SANDBOX_PAY;
    keys.put("NOTIFY_URL", or(settings.notifyUrl(), sandbox, SANDBOX_NOTIFY_URL));
    keys.put("APP_ID", or(settings.appId(), sandbox, SANDBOX_APP_ID));
    requireAll(channel, keys);
    requireUsable(channel, keys);
    return Optional.of(
        new MerchantAccount(
            channel,
            URI.create(settings.baseUrl().orElse(sandbox ? SANDBOX_URL : WECHAT_PAY_URL)),
            value(keys, "NOTIFY_URL") + "/channels/" + channel.name() + "/notifications",
            value(keys, "APP_ID"),
            value(keys, "MERCHANT_ID"),
            value(keys, "MERCHANT_SERIAL"),
            value(keys, "MERCHANT_PRIVATE_KEY_FILE"),
            value(keys, "PLATFORM_PUBLIC_KEY_FILE"),
            value(keys, "PLATFORM_PUBLIC_KEY_ID"),
            value(keys, "API_V3_KEY")));
  }

  private static Optional<String> or(Optional<String> set, boolean sandbox, String otherwise) {
    return set.isEmpty() && sandbox ? Optional.of(otherwise) : set;
  }

  private static void requireAll(Channel channel, Map<String, Optional<String>> keys) {
    List<String> missing = new ArrayList<>();
    keys.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            missing.add(variable(channel, name));
          }
        });
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Channel "
              + channel.name()
              + " is set up only in part; missing in the environment: "
              + String.join(", ", missing));
    }
  }

  private static void requireUsable(Channel channel, Map<String, Optional<String>> keys) {
    if (value(keys, "API_V3_KEY").length() != API_KEY_LENGTH) {
      throw new IllegalStateException(
          variable(channel, "API_V3_KEY") + " must be 32 characters long");
    }
    for (String file : List.of("MERCHANT_PRIVATE_KEY_FILE", "PLATFORM_PUBLIC_KEY_FILE")) {
      if (!Files.isReadable(Path.of(value(keys, file)))) {
        throw new IllegalStateException(variable(channel, file) + " names no readable file");
      }
    }
  }

  private static String value(Map<String, Optional<String>> keys, String name) {
    return keys.getOrDefault(name, Optional.empty()).orElseThrow();
  }

  private static String variable(Channel channel, String name) {
    return "LIANGJIANG_CHANNEL_" + channel.name().toUpperCase(Locale.ROOT) + "_" + name;
  }
}
