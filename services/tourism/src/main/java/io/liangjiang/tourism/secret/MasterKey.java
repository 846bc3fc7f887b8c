package io.liangjiang.tourism.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret from which keys are derived (HKDF-SHA-256, RFC 5869), one a purpose; used for nothing
 * else.
 */
final class MasterKey {
  /** A development city's: everybody who reads the source knows it. */
  static final String DEVELOPMENT = "ZGV2ZWxvcG1lbnQtb25seS10b3VyaXNtLW1hc3RlcjE=";

  private static final int LENGTH_BYTES = 32;
  private static final int ID_BYTES = 4;

  private final byte[] secret;

  private MasterKey(byte[] secret) {
    this.secret = secret;
  }

  /** Reads 32 bytes of Base64. Errors: IllegalArgumentException that does not repeat the secret. */
  static MasterKey parse(String base64) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("liangjiang.tourism.master-key is not Base64");
    }
    if (secret.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("liangjiang.tourism.master-key must be 32 bytes");
    }
    return new MasterKey(secret);
  }

  /** A public name of the key, derived from it, 8 characters. */
  String id() {
    return HexFormat.of().formatHex(derive("id", "Generic").getEncoded(), 0, ID_BYTES);
  }

  /** The 256-bit key of one purpose. */
  SecretKey derive(String purpose, String algorithm) {
    byte[] context = ("liangjiang/tourism/" + purpose).getBytes(StandardCharsets.UTF_8);
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(context, LENGTH_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is part of every JDK 25", e);
    }
  }
}
