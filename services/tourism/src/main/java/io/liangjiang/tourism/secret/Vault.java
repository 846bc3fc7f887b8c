package io.liangjiang.tourism.secret;

import io.liangjiang.platform.secret.MasterKey;
import io.liangjiang.platform.secret.Seal;
import io.liangjiang.platform.startup.ProductionReadiness;
import io.liangjiang.tourism.TourismSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Seals and opens what must be stored unreadable (AES-256-GCM), and hashes documents with a key
 * (HMAC-SHA-256).
 */
@ApplicationScoped
public class Vault {
  /** A development city's: everybody who reads the source knows it. */
  static final String DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQtb25seS10b3VyaXNtLW1hc3RlcjE=";

  private final String keyId;
  private final Seal seal;
  private final SecretKey hashing;

  @Inject
  Vault(TourismSettings settings, ProductionReadiness readiness) {
    this(settings.masterKey().orElseGet(() -> readiness.isDevelopment() ? DEVELOPMENT_KEY : ""));
  }

  Vault(String masterKey) {
    var master = MasterKey.parse("tourism", masterKey);
    keyId = master.id();
    seal = new Seal(master.derive("seal", "AES"));
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
    return seal.seal(plain, place);
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
    return seal.open(sealed, place);
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
}
