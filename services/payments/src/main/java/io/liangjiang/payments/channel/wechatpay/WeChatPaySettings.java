package io.liangjiang.payments.channel.wechatpay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the city is known to the channels that speak WeChat Pay API v3. */
@ConfigMapping(prefix = "liangjiang.channel")
interface WeChatPaySettings {
  /** The sandbox's channel; absent in production. */
  Merchant sandboxPay();

  /** The real one. */
  Merchant wechatPay();

  /** The city's number at the insurance bureau: 6 digits of GB/T 2260. */
  @WithDefault("500100")
  String insuranceCityId();

  /** How long to wait for a connection. */
  @WithDefault("PT2S")
  Duration connectTimeout();

  /** How long to wait for an answer, everything included. */
  @WithDefault("PT8S")
  Duration callTimeout();

  /** How many calls of one channel may be under way at once; 256 more wait. */
  @WithDefault("16")
  int maxConcurrentCalls();

  /**
   * One merchant account. All or none of the settings must be there, except those with a default.
   */
  interface Merchant {
    /** Where the channel is: scheme, host, port. The real one when absent. */
    Optional<String> baseUrl();

    /** Where the channel reaches payments: scheme, host, port; the path is added. */
    Optional<String> notifyUrl();

    /** Id of the mini-program in which the phone pays. */
    Optional<String> appId();

    /** The merchant's number. */
    Optional<String> merchantId();

    /** Serial number of the merchant's certificate, hexadecimal. */
    Optional<String> merchantSerial();

    /** PEM file with the merchant's private key, PKCS #8. */
    Optional<String> merchantPrivateKeyFile();

    /** PEM file with the channel's public key. */
    Optional<String> platformPublicKeyFile();

    /** Name of the channel's public key, {@code PUB_KEY_ID_...}. */
    Optional<String> platformPublicKeyId();

    /** Key of encrypted call-backs, 32 characters. */
    Optional<String> apiV3Key();
  }
}
