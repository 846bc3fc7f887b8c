package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.platform.errors.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Refresh tokens: 32 bytes that nobody can guess, in 43 characters of base64url. Each is the keyed
 * hash of what came before it, so the same successor can be given again although only SHA-256
 * hashes are stored; without the key in the vault neither the database nor an old token yields a
 * live one.
 */
@ApplicationScoped
public class RefreshSecrets {
  private static final int BYTES = 32;
  private static final int LENGTH = 43;

  private final Vault vault;

  RefreshSecrets(Vault vault) {
    this.vault = vault;
  }

  /** The token given at sign-in. */
  public String first(UUID sessionId) {
    byte[] id =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(sessionId.getMostSignificantBits())
            .putLong(sessionId.getLeastSignificantBits())
            .array();
    return encode(vault.hash(Vault.Purpose.REFRESH_TOKEN, id));
  }

  /** The token that follows. Errors: INVALID_REFRESH_TOKEN for what cannot be a token. */
  public String successor(String token) {
    return encode(vault.hash(Vault.Purpose.REFRESH_TOKEN, decode(token)));
  }

  /** What is stored. Errors: INVALID_REFRESH_TOKEN for what cannot be a token. */
  public static byte[] hash(String token) {
    return Digests.sha256(decode(token));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String token) {
    if (token.length() == LENGTH) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        if (bytes.length == BYTES && encode(bytes).equals(token)) {
          return bytes;
        }
      } catch (IllegalArgumentException e) {
        // not base64url: answered below like any other text that is no token
      }
    }
    throw unknown();
  }

  /** The refusal of a token that is not known. */
  public static ServiceException unknown() {
    return new ServiceException(
        IdentityReason.INVALID_REFRESH_TOKEN, "the refresh token is not known");
  }
}
