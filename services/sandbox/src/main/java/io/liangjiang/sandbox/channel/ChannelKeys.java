package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.SandboxConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The channel's keys and what is done with them. Refuses to start when one is missing. */
@Singleton
@Startup
final class ChannelKeys {
  private static final int API_KEY_BYTES = 32;
  private static final int TAG_BITS = 128;
  private static final String PUBLIC_KEY_PREFIX = "PUB_KEY_ID_";
  private static final String NONCE_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final SecureRandom random = new SecureRandom();
  private final String merchantId;
  private final String merchantSerial;
  private final PublicKey merchantKey;
  private final PrivateKey platformKey;
  private final X509Certificate certificate;
  private final String certificatePem;
  private final String publicKeyId;
  private final byte[] apiV3Key;

  ChannelKeys(SandboxConfig config) throws IOException, GeneralSecurityException {
    requireAll(config);
    merchantId = config.merchantId().orElseThrow();
    merchantSerial = config.merchantSerial().orElseThrow();
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    merchantKey =
        rsa.generatePublic(
            new X509EncodedKeySpec(der(config.merchantPublicKeyFile().orElseThrow())));
    platformKey =
        rsa.generatePrivate(
            new PKCS8EncodedKeySpec(der(config.platformPrivateKeyFile().orElseThrow())));
    certificatePem = Files.readString(config.platformCertificateFile().orElseThrow());
    try (var in = Files.newInputStream(config.platformCertificateFile().orElseThrow())) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    publicKeyId = config.platformPublicKeyId().orElseThrow();
    apiV3Key = config.apiV3Key().orElseThrow().getBytes(StandardCharsets.UTF_8);
    if (apiV3Key.length != API_KEY_BYTES) {
      throw new IllegalStateException("LIANGJIANG_SANDBOX_API_V3_KEY must be 32 characters long");
    }
  }

  String merchantId() {
    return merchantId;
  }

  String merchantSerial() {
    return merchantSerial;
  }

  X509Certificate certificate() {
    return certificate;
  }

  String certificatePem() {
    return certificatePem;
  }

  String certificateSerial() {
    return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
  }

  /** The serial to sign under, after the one that the merchant's request asked for. */
  String serialFor(String wantedSerial) {
    return wantedSerial != null && wantedSerial.startsWith(PUBLIC_KEY_PREFIX)
        ? publicKeyId
        : certificateSerial();
  }

  /** Whether the merchant signed the message; the signature is Base64. */
  boolean isMerchantSignature(String message, String signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(merchantKey);
      verifier.update(message.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (SignatureException | IllegalArgumentException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK cannot verify SHA256withRSA", e);
    }
  }

  /** The platform's signature in Base64. */
  String sign(String message) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(platformKey);
      signer.update(message.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK cannot sign SHA256withRSA", e);
    }
  }

  /** AEAD_AES_256_GCM under the APIv3 key; Base64 of ciphertext and tag. Nonce: 12 characters. */
  String encrypt(String plaintext, String nonce, String associatedData) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(apiV3Key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = cipher.doFinal(plaintext.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK cannot encrypt AES-GCM", e);
    }
  }

  /** A seal that only this channel can make; hexadecimal. */
  String seal(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(apiV3Key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HmacSHA256", e);
    }
  }

  /** Random capital letters and digits. */
  String nonce(int length) {
    StringBuilder nonce = new StringBuilder();
    for (int i = 0; i < length; i++) {
      nonce.append(NONCE_ALPHABET.charAt(random.nextInt(NONCE_ALPHABET.length())));
    }
    return nonce.toString();
  }

  /** Random digits. */
  String digits(int length) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static void requireAll(SandboxConfig config) {
    List<String> missing = new ArrayList<>();
    require(config.merchantId(), "MERCHANT_ID", missing);
    require(config.merchantSerial(), "MERCHANT_SERIAL", missing);
    require(config.merchantPublicKeyFile(), "MERCHANT_PUBLIC_KEY_FILE", missing);
    require(config.platformPrivateKeyFile(), "PLATFORM_PRIVATE_KEY_FILE", missing);
    require(config.platformCertificateFile(), "PLATFORM_CERTIFICATE_FILE", missing);
    require(config.platformPublicKeyId(), "PLATFORM_PUBLIC_KEY_ID", missing);
    require(config.apiV3Key(), "API_V3_KEY", missing);
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "The sandbox's payment channel has no keys. Missing in the environment: "
              + String.join(", ", missing)
              + ". Make a key set with io.liangjiang.sandbox.keys.ChannelKeySet; see the README.");
    }
  }

  private static void require(Optional<?> value, String name, List<String> missing) {
    if (value.isEmpty()) {
      missing.add("LIANGJIANG_SANDBOX_" + name);
    }
  }

  private static byte[] der(Path pemFile) throws IOException {
    String pem = Files.readString(pemFile);
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
