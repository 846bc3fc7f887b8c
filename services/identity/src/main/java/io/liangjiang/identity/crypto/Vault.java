package io.liangjiang.identity.crypto;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens what must be stored unreadable (AES-256-GCM), and makes keyed hashes
 * (HMAC-SHA-256).
 */
@ApplicationScoped
public class Vault {
  /** What a keyed hash is for; hashes of one purpose say nothing about another's. */
  public enum Purpose {
    /** Citizen identification numbers, for look-up and uniqueness. */
    ID_NUMBER,
    /** Phone numbers, for look-up. */
    PHONE,
    /** Refresh tokens from the session or the token before. */
    REFRESH_TOKEN
  }

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final String keyId;
  private final SecretKey sealing;
  private final Map<Purpose, SecretKey> hashing = new EnumMap<>(Purpose.class);

  @Inject
  Vault(IdentitySettings settings, DevelopmentCity development) {
    this(MasterKey.parse(secret(settings, development)));
  }

  Vault(MasterKey master) {
    keyId = master.id();
    sealing = master.derive("seal", "AES");
    for (Purpose purpose : Purpose.values()) {
      hashing.put(purpose, master.derive("hash/" + purpose, "HmacSHA256"));
    }
  }

  private static String secret(IdentitySettings settings, DevelopmentCity development) {
    return settings
        .masterKey()
        .or(() -> development.only(MasterKey.DEVELOPMENT))
        .orElseThrow(() -> new IllegalStateException("liangjiang.identity.master-key is not set"));
  }

  /**
   * Makes a value unreadable.
   *
   * @param place where it will be stored, for example {@code real_name.name/<citizen id>}: it opens
   *     nowhere else
   */
  public Sealed seal(byte[] plain, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain, place);
    byte[] bytes = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, bytes, nonce.length, sealed.length);
    return new Sealed(keyId, bytes);
  }

  /** Makes a text unreadable; see {@link #seal(byte[], String)}. */
  public Sealed seal(String plain, String place) {
    return seal(plain.getBytes(StandardCharsets.UTF_8), place);
  }

  /**
   * Reads a sealed value. Errors: IllegalStateException for another key, another place or changed
   * bytes.
   */
  public byte[] open(Sealed sealed, String place) {
    if (!sealed.keyId().equals(keyId)) {
      throw new IllegalStateException(
          place + " is sealed under master key " + sealed.keyId() + ", this process has " + keyId);
    }
    byte[] nonce = Arrays.copyOf(sealed.bytes(), NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed.bytes(), NONCE_BYTES, sealed.bytes().length);
    return crypt(Cipher.DECRYPT_MODE, nonce, rest, place);
  }

  /** Reads a sealed text; see {@link #open}. */
  public String openText(Sealed sealed, String place) {
    return new String(open(sealed, place), StandardCharsets.UTF_8);
  }

  /** The keyed hash of a value, 32 bytes. */
  public byte[] hash(Purpose purpose, byte[] value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(hashing.get(purpose));
      return mac.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  /** The keyed hash of a text, 32 bytes. */
  public byte[] hash(Purpose purpose, String value) {
    return hash(purpose, value.getBytes(StandardCharsets.UTF_8));
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
