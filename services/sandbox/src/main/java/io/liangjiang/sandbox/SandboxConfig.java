package io.liangjiang.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the sandbox; see its README. */
@ConfigMapping(prefix = "liangjiang.sandbox")
public interface SandboxConfig {
  /** Id of the one mini-program that can log in. */
  @WithDefault("wx6c6a000000000001")
  String appId();

  /** The mini-program's secret, known to the city's server only. */
  @WithDefault("sandbox-app-secret")
  String appSecret();

  /** What a caller of the register of persons sends as {@code X-Api-Key}. */
  @WithDefault("sandbox-real-name-key")
  String realNameApiKey();

  /** What a caller of the face provider sends as {@code X-Api-Key}. */
  @WithDefault("sandbox-face-key")
  String faceApiKey();

  /** Name of the key with which the city signs what it sends by SMS. */
  @WithDefault("sandbox-sms")
  String smsKeyId();

  /** That key; identity needs the same. */
  @WithDefault("sandbox-sms-key-for-development-only")
  String smsKey();

  /** Merchant number of the city with the payment channel. */
  Optional<String> merchantId();

  /** Serial number of the merchant's certificate, hexadecimal. */
  Optional<String> merchantSerial();

  /** PEM file with the merchant's public key. */
  Optional<Path> merchantPublicKeyFile();

  /** PEM file with the channel's private key, PKCS #8. */
  Optional<Path> platformPrivateKeyFile();

  /** PEM file with the channel's certificate. */
  Optional<Path> platformCertificateFile();

  /** Name of the channel's public key, {@code PUB_KEY_ID_...}. */
  Optional<String> platformPublicKeyId();

  /** Key of the encrypted call-backs; 32 characters. */
  Optional<String> apiV3Key();

  /** What the city and the bank sign with; payments needs the same. */
  @WithDefault("sandbox-bank-key-for-development-only")
  String bankKey();

  /** What the city and the insurance bureau sign with; payments needs the same. */
  @WithDefault("sandbox-insurance-key-for-development-only")
  String insuranceKey();

  /** By how much the sandbox's day is before (below zero) or after the machine's. */
  @WithDefault("PT0S")
  Duration clockOffset();

  /** By how much the published times between two tries of a call-back are multiplied. */
  @WithDefault("0.05")
  double callbackTimeScale();
}
