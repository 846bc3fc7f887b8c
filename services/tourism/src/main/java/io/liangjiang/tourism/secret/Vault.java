package io.liangjiang.tourism.secret;

import io.liangjiang.platform.startup.ProductionReadiness;
import io.liangjiang.tourism.TourismSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens what must be stored unreadable (AES-256-GCM), and hashes documents with a key
 * (HMAC-SHA-256).
 */
@ApplicationScoped
public class Vault {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final String keyId;
  private final SecretKey sealing;
  private final SecretKey hashing;

  @Inject
  Vault(TourismSettings settings, ProductionReadiness readiness) {
    this(
        settings
            .masterKey()
            .orElseGet(() -> readiness.isDevelopment() ? MasterKey.DEVELOPMENT : ""));
  }

  Vault(String masterKey) {
    var master = MasterKey.parse(masterKey);
    keyId = master.id();
    sealing = master.derive("seal", "AES");
    hashing = master.derive("hash/document", "HmacSHA256");
  }

  /** Name of the key under which this process seals; kept beside what is sealed. */
  public String keyId() {
    return keyId;
  }

  /**
   * Makes a value unreadable: 12 bytes of nonce, the ciphertext, 16 bytes of tag.
   *
   * @param place where it will be stored, for example "ticket_key/<id>": it opens nowhere else
   */
  public byte[] seal(byte[] plain, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain, place);
    byte[] bytes = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, bytes, nonce.length, sealed.length);
    return bytes;
  }

  /**
   * Reads a sealed value. Errors: IllegalStateException for another key, another place or changed
   * bytes.
   *
   * @param sealedUnder name of the key it was sealed under
   */
  public byte[] open(byte[] sealed, String sealedUnder, String place) {
    if (!sealedUnder.equals(keyId)) {
      throw new IllegalStateException(
          place + " is sealed under master key " + sealedUnder + ", this process has " + keyId);
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    return crypt(Cipher.DECRYPT_MODE, nonce, rest, place);
  }

  /** The keyed hash of a document's number, 32 bytes: says equal or different and nothing else. */
  public byte[] documentHash(String document) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(hashing);
      return mac.doFinal(document.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input, String place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(place + " cannot be sealed or opened", e);
    }
  }
}
