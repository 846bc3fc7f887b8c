package io.liangjiang.transit.key;

import io.liangjiang.transit.TransitSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys under the master key: AES-256-GCM, a random 12-byte IV before the
 * ciphertext, bound to the key id so that rows cannot be exchanged.
 */
@ApplicationScoped
public class KeyVault {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int MASTER_KEY_LENGTH = 32;
  private static final int IV_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey masterKey;
  private final SecureRandom random = new SecureRandom();

  KeyVault(TransitSettings settings) {
    byte[] bytes = Base64.getDecoder().decode(settings.masterKey());
    if (bytes.length != MASTER_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "liangjiang.transit.master-key must be the Base64 of 32 bytes");
    }
    this.masterKey = new SecretKeySpec(bytes, "AES");
  }

  byte[] seal(byte[] plain, String keyId) {
    byte[] iv = new byte[IV_LENGTH];
    random.nextBytes(iv);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, iv, keyId).doFinal(plain);
      byte[] sealed = Arrays.copyOf(iv, IV_LENGTH + ciphertext.length);
      System.arraycopy(ciphertext, 0, sealed, IV_LENGTH, ciphertext.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A private key cannot be encrypted", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made for the same key id.
   *
   * @throws IllegalStateException when the master key is another one or the row was changed
   */
  byte[] open(byte[] sealed, String keyId) {
    try {
      byte[] iv = Arrays.copyOf(sealed, IV_LENGTH);
      return cipher(Cipher.DECRYPT_MODE, iv, keyId)
          .doFinal(sealed, IV_LENGTH, sealed.length - IV_LENGTH);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Signing key " + keyId + " cannot be decrypted: is liangjiang.transit.master-key right?",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] iv, String keyId) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, masterKey, new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(keyId.getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
