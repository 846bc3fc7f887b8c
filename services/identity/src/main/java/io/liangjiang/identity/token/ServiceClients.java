package io.liangjiang.identity.token;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.crypto.Digests;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The city's services and the hashes of their secrets. */
@ApplicationScoped
class ServiceClients {
  private static final int HASH_BYTES = 32;
  private static final byte[] NOBODY = new byte[HASH_BYTES];

  private final Map<String, byte[]> hashes = new TreeMap<>();

  ServiceClients(IdentitySettings settings) {
    settings.serviceClients().forEach((id, client) -> hashes.put(id, hash(id, client)));
  }

  /**
   * Whether the secret is the client's; takes as long for an unknown client as for a wrong secret.
   */
  boolean isSecretOf(String clientId, String secret) {
    byte[] expected = hashes.getOrDefault(clientId, NOBODY);
    return MessageDigest.isEqual(expected, Digests.sha256(secret));
  }

  private static byte[] hash(String id, IdentitySettings.ServiceClient client) {
    try {
      byte[] hash = HexFormat.of().parseHex(client.secretSha256());
      if (hash.length == HASH_BYTES) {
        return hash;
      }
    } catch (IllegalArgumentException e) {
      // said below, without the value
    }
    throw new IllegalStateException(
        "liangjiang.identity.service-clients." + id + ".secret-sha256 is not a SHA-256 hash");
  }
}
