package io.liangjiang.identity.administration;

import io.liangjiang.identity.crypto.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Passwords that are handed over: 20 characters, 100 bits. Each is the keyed hash of the account
 * and the request that made it, so a repeated request is answered alike and nothing is stored that
 * could be read.
 */
@ApplicationScoped
class InitialPasswords {
  private static final int LENGTH = 20;
  private static final int BITS = 5;

  /** Without what looks alike on paper. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789A";

  private final Vault vault;

  InitialPasswords(Vault vault) {
    this.vault = vault;
  }

  String of(UUID staffId, UUID requestId) {
    byte[] hash = vault.hash(Vault.Purpose.INITIAL_PASSWORD, staffId + "/" + requestId);
    var password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt((hash[i] & 0xFF) >>> (Byte.SIZE - BITS)));
    }
    return password.toString();
  }
}
