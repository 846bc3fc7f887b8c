package io.liangjiang.identity.crypto;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.secret.MasterKey;
import io.liangjiang.platform.secret.Seal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

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
    REFRESH_TOKEN,
    /** Codes sent by SMS, from the request and the number, and their hashes. */
    SMS_CODE,
    /** First passwords of staff accounts, from the account and the request. */
    INITIAL_PASSWORD,
    /** Under which name a guest's sector knows a citizen. */
    PAIRWISE_SUBJECT,
    /** What a citizen shows at a guest's page, from the request. */
    CONFIRMATION_CODE,
    /** Invitation codes of delegations, from who offers and the request; and for look-up. */
    INVITATION,
    /** Codes that open the certificates of erasures, from the erasure. */
    ERASURE_CODE
  }

  /** Known to everybody who reads the source: a development city's. */
  static final String DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQtb25seS1tYXN0ZXIta2V5LWNpdHk=";

  static final String SERVICE = "identity";

  private final String keyId;
  private final Seal seal;
  private final Map<Purpose, SecretKey> hashing = new EnumMap<>(Purpose.class);

  @Inject
  Vault(IdentitySettings settings, DevelopmentCity development) {
    this(MasterKey.parse(SERVICE, secret(settings, development)));
  }

  Vault(MasterKey master) {
    keyId = master.id();
    seal = new Seal(master.derive("seal", "AES"));
    for (Purpose purpose : Purpose.values()) {
      hashing.put(purpose, master.derive("hash/" + purpose, "HmacSHA256"));
    }
  }

  private static String secret(IdentitySettings settings, DevelopmentCity development) {
    return settings
        .masterKey()
        .or(() -> development.only(DEVELOPMENT_KEY))
        .orElseThrow(() -> new IllegalStateException("liangjiang.identity.master-key is not set"));
  }

  /**
   * Makes a value unreadable.
   *
   * @param place where it will be stored, for example {@code real_name.name/<citizen id>}: it opens
   *     nowhere else
   */
  public Sealed seal(byte[] plain, String place) {
    return new Sealed(keyId, seal.seal(plain, place));
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
    return seal.open(sealed.bytes(), place);
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
}
