package io.liangjiang.transit.key;

import io.liangjiang.platform.secret.MasterKey;
import io.liangjiang.platform.secret.Seal;
import io.liangjiang.transit.TransitSettings;
import jakarta.enterprise.context.ApplicationScoped;

/** Encrypts private keys under the master key, each bound to its key id. */
@ApplicationScoped
public class KeyVault {
  private final Seal seal;

  KeyVault(TransitSettings settings) {
    seal = new Seal(MasterKey.parse("transit", settings.masterKey()).derive("seal", "AES"));
  }

  byte[] seal(byte[] plain, String keyId) {
    return seal.seal(plain, place(keyId));
  }

  /**
   * Decrypts what {@link #seal} made for the same key id.
   *
   * @throws IllegalStateException when the master key is another one or the row was changed
   */
  byte[] open(byte[] sealed, String keyId) {
    return seal.open(sealed, place(keyId));
  }

  private static String place(String keyId) {
    return "signing_key/" + keyId;
  }
}
