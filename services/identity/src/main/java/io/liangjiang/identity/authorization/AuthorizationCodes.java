package io.liangjiang.identity.authorization;

import io.liangjiang.identity.crypto.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The codes of this package: what nobody may guess, and what a person can type. */
@ApplicationScoped
class AuthorizationCodes {
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ"; // no vowels: no words
  private static final int REQUEST_LETTERS = 10;
  private static final Pattern REQUEST =
      Pattern.compile("[" + LETTERS + "]{" + REQUEST_LETTERS + "}");
  private static final int SECRET_BYTES = 32;
  private static final long CONFIRMATIONS = 100_000_000L;

  private final SecureRandom random = new SecureRandom();
  private final Vault vault;

  AuthorizationCodes(Vault vault) {
    this.vault = vault;
  }

  /** A code for the page, of 43 bits: it opens nothing by itself. */
  String request() {
    var code = new StringBuilder(REQUEST_LETTERS);
    for (int i = 0; i < REQUEST_LETTERS; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  /** The code as it was given out; nothing for what cannot be one. */
  static Optional<String> requestOf(String typed) {
    String code = typed.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
    return REQUEST.matcher(code).matches() ? Optional.of(code) : Optional.empty();
  }

  /** 256 bits in 43 characters of base64url: a browser's cookie, or a guest's code. */
  String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * What the approver's app shows: eight digits of a keyed hash of the request and the citizen, so
   * that the same can be told again and nothing is stored.
   */
  String confirmation(String requestCode, UUID citizenId) {
    byte[] hash = vault.hash(Vault.Purpose.CONFIRMATION_CODE, requestCode + "/" + citizenId);
    long number = Math.floorMod(ByteBuffer.wrap(hash).getLong(), CONFIRMATIONS);
    return String.format(Locale.ROOT, "%08d", number);
  }
}
