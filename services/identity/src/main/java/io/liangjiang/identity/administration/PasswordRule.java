package io.liangjiang.identity.administration;

import java.util.Locale;

/** What a password that somebody chooses must be like: long rather than odd (NIST SP 800-63B). */
final class PasswordRule {
  private static final int MIN_LENGTH = 12;
  private static final int MAX_LENGTH = 128;
  private static final int MIN_DIFFERENT = 5;

  private PasswordRule() {}

  static boolean accepts(String username, String oldPassword, String newPassword) {
    return newPassword.length() >= MIN_LENGTH
        && newPassword.length() <= MAX_LENGTH
        && newPassword.codePoints().noneMatch(Character::isISOControl)
        && newPassword.codePoints().distinct().count() >= MIN_DIFFERENT
        && !newPassword.equals(oldPassword)
        && !newPassword.toLowerCase(Locale.ROOT).contains(username.toLowerCase(Locale.ROOT));
  }
}
