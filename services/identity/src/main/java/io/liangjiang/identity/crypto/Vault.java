package io.liangjiang.identity.crypto;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.secret.MasterKey;
import io.liangjiang.platform.secret.Seal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Seals and opens what must be stored unreadable (AES-256-GCM), under a ring of master keys, and
 * makes keyed hashes (HMAC-SHA-256) with what is derived from a secret that outlives them all.
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

  /** All by the id of their master key, the one that seals first. */
  private final Map<String, Seal> ring = new LinkedHashMap<>();

  private volatile Map<Purpose, SecretKey> hashing = Map.of();

  @Inject
  Vault(IdentitySettings settings, DevelopmentCity development) {
    this(
        MasterKey.parse(SERVICE, secret(settings, development)),
        settings.otherMasterKeys().orElse(List.of()).stream()
            .map(other -> MasterKey.parse(SERVICE, other))
            .toArray(MasterKey[]::new));
  }

  /** Seals under the first key; opens what is sealed under any. */
  Vault(MasterKey master, MasterKey... others) {
    keyId = master.id();
    ring.put(keyId, seal(master));
    for (MasterKey other : others) {
      ring.putIfAbsent(other.id(), seal(other));
    }
  }

  private static Seal seal(MasterKey key) {
    return new Seal(key.derive("seal", "AES"));
  }

  /** Makes hashes with the secret from now on; see {@link DerivationSecret}. */
  void hashWith(byte[] secret) {
    MasterKey root = MasterKey.parse(SERVICE, Base64.getEncoder().encodeToString(secret));
    Map<Purpose, SecretKey> keys = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      keys.put(purpose, root.derive("hash/" + purpose, "HmacSHA256"));
    }
    hashing = keys;
  }

  /** Id of the master key that seals. */
  public String keyId() {
    return keyId;
  }

  /** Ids of the other master keys under which rows can be read. */
  public List<String> otherKeyIds() {
    return ring.keySet().stream().skip(1).toList();
  }

  static String secret(IdentitySettings settings, DevelopmentCity development) {
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
    return new Sealed(keyId, key(keyId, place).seal(plain, place));
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
    return key(sealed.keyId(), place).open(sealed.bytes(), place);
  }

  private Seal key(String id, String place) {
    Seal seal = ring.get(id);
    if (seal == null) {
      throw new IllegalStateException(
          place + " is sealed under master key " + id + ", this process has " + ring.keySet());
    }
    return seal;
  }

  /** Reads a sealed text; see {@link #open}. */
  public String openText(Sealed sealed, String place) {
    return new String(open(sealed, place), StandardCharsets.UTF_8);
  }

  /** The keyed hash of a value, 32 bytes. Errors: UNAVAILABLE until the secret is read. */
  public byte[] hash(Purpose purpose, byte[] value) {
    SecretKey key = hashing.get(purpose);
    if (key == null) {
      throw new ServiceException(PlatformReason.UNAVAILABLE, "the service is starting")
          .retryAfter(Duration.ofSeconds(1));
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
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
