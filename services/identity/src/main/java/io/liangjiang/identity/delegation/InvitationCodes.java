package io.liangjiang.identity.delegation;

import io.liangjiang.identity.crypto.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Codes that one citizen hands to another: 12 characters, 60 bits. Each is the keyed hash of who
 * offers and of the request, so a repeated request is answered alike and nothing readable is
 * stored.
 */
@ApplicationScoped
class InvitationCodes {
  private static final int LENGTH = 12;
  private static final int GROUP = 4;
  private static final int BITS = 5;

  /** Without what looks or sounds alike. */
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private final Vault vault;

  InvitationCodes(Vault vault) {
    this.vault = vault;
  }

  /** The code of an offer, in groups. */
  String of(UUID citizenId, UUID requestId) {
    byte[] hash = vault.hash(Vault.Purpose.INVITATION, "code/" + citizenId + "/" + requestId);
    var code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % GROUP == 0) {
        code.append('-');
      }
      code.append(ALPHABET.charAt((hash[i] & 0xFF) >>> (Byte.SIZE - BITS)));
    }
    return code.toString();
  }

  /** What is stored of a code, as somebody typed it; empty when it cannot be one. */
  Optional<byte[]> hash(String typed) {
    String bare = typed.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
    boolean possible =
        bare.length() == LENGTH && bare.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    return possible
        ? Optional.of(vault.hash(Vault.Purpose.INVITATION, "stored/" + bare))
        : Optional.empty();
  }
}
