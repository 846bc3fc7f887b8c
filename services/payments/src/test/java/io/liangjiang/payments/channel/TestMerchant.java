package io.liangjiang.payments.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys of a merchant and of a channel in a directory, used with nothing but the JDK. */
public record TestMerchant(Path directory) {
  public static final String ID = "1900000109";
  public static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
  public static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092025010100000000";
  public static final String API_V3_KEY = "0123456789abcdefghijklmnopqrstuv";

  /** Makes new keys in a new directory. */
  public static TestMerchant create() {
    try {
      Path directory = Files.createTempDirectory("channel-keys");
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      for (String owner : new String[] {"merchant", "platform"}) {
        var keys = generator.generateKeyPair();
        write(directory.resolve(owner + "-private.pem"), "PRIVATE", keys.getPrivate().getEncoded());
        write(directory.resolve(owner + "-public.pem"), "PUBLIC", keys.getPublic().getEncoded());
      }
      return new TestMerchant(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings of payments for a channel of this merchant. */
  public Map<String, String> settings(String channel, String baseUrl) {
    String prefix = "liangjiang.channel." + channel + ".";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(prefix + "base-url", baseUrl);
    settings.put(prefix + "notify-url", "http://payments.test:9002");
    settings.put(prefix + "app-id", "wx0000000000000001");
    settings.put(prefix + "merchant-id", ID);
    settings.put(prefix + "merchant-serial", SERIAL);
    settings.put(prefix + "merchant-private-key-file", file("merchant-private.pem"));
    settings.put(prefix + "platform-public-key-file", file("platform-public.pem"));
    settings.put(prefix + "platform-public-key-id", PUBLIC_KEY_ID);
    settings.put(prefix + "api-v3-key", API_V3_KEY);
    return settings;
  }

  /** Whether the merchant signed the text. */
  public boolean isSignedByMerchant(String text, String signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(merchantKey());
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The channel's signature. */
  public String signAsChannel(String text) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(platformKey());
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body of a call-back. */
  public String callback(String id, String eventType, String content) {
    String nonce = "abcdef012345";
    return """
    {"id":"%s","create_time":"2026-01-01T00:00:00+08:00","resource_type":"encrypt-resource",\
    "event_type":"%s","summary":"-","resource":{"original_type":"x","algorithm":\
    "AEAD_AES_256_GCM","ciphertext":"%s","associated_data":"x","nonce":"%s"}}\
    """
        .formatted(id, eventType, encrypt(content, nonce), nonce);
  }

  /** The headers under which a body is the channel's. */
  public Map<String, String> headers(String body, long epochSecond) {
    String timestamp = Long.toString(epochSecond);
    String text = timestamp + "\nsome-nonce\n" + body + "\n";
    return Map.of(
        "Wechatpay-Timestamp",
        timestamp,
        "Wechatpay-Nonce",
        "some-nonce",
        "Wechatpay-Serial",
        PUBLIC_KEY_ID,
        "Wechatpay-Signature",
        signAsChannel(text));
  }

  private static String encrypt(String content, String nonce) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(API_V3_KEY.getBytes(StandardCharsets.UTF_8), "AES"),
          new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD("x".getBytes(StandardCharsets.UTF_8));
      byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private PublicKey merchantKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(der("merchant-public.pem")));
  }

  private PrivateKey platformKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(der("platform-private.pem")));
  }

  private byte[] der(String name) {
    try {
      String pem = Files.readString(directory.resolve(name));
      return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void write(Path path, String kind, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        path, "-----BEGIN " + kind + " KEY-----\n" + body + "\n-----END " + kind + " KEY-----\n");
  }
}
