package io.liangjiang.platform.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret under all others of one service. It is used for nothing but deriving keys
 * (HKDF-SHA-256, RFC 5869), one a purpose.
 */
public final class MasterKey {
  private static final int LENGTH_BYTES = 32;
  private static final int ID_BYTES = 4;

  private final String service;
  private final byte[] secret;

  private MasterKey(String service, byte[] secret) {
    this.service = service;
    this.secret = secret;
  }

  /**
   * Reads 32 bytes of Base64. Errors: IllegalArgumentException that names the setting and does not
   * repeat the secret.
   *
   * @param service name of the service: the same bytes give another service other keys
   */
  public static MasterKey parse(String service, String base64) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("liangjiang." + service + ".master-key is not Base64");
    }
    if (secret.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("liangjiang." + service + ".master-key must be 32 bytes");
    }
    return new MasterKey(service, secret);
  }

  /** A public name of the key, derived from it, 8 characters. */
  public String id() {
    return HexFormat.of().formatHex(derive("id", "Generic").getEncoded(), 0, ID_BYTES);
  }

  /** The 256-bit key of one purpose. */
  public SecretKey derive(String purpose, String algorithm) {
    byte[] context = ("liangjiang/" + service + "/" + purpose).getBytes(StandardCharsets.UTF_8);
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
