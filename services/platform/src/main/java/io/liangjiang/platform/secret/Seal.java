package io.liangjiang.platform.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Makes values unreadable with AES-256-GCM, each bound to the place where it is stored, so that
 * rows cannot be exchanged.
 */
public final class Seal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  /** Seals under a 256-bit AES key. */
  public Seal(SecretKey key) {
    this.key = key;
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
   * Reads a sealed value.
   *
   * @throws IllegalStateException for another key, another place or changed bytes
   */
  public byte[] open(byte[] sealed, String place) {
    if (sealed.length < NONCE_BYTES) {
      throw new IllegalStateException(place + " is too short to be sealed");
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    return crypt(Cipher.DECRYPT_MODE, nonce, rest, place);
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input, String place) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(place + " cannot be sealed or opened", e);
    }
  }
}
