package io.liangjiang.payments.sealed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A city in production asks a real server, over TLS, with a key of its own. */
public final class SealedCheck {
  private static final int MIN_KEY_LENGTH = 32;

  private SealedCheck() {}

  /**
   * What keeps a city from production; nothing when it has no such server.
   *
   * @param prefix of the properties, for example {@code liangjiang.payout.bank}
   * @param developmentKey the key that everybody knows
   */
  public static List<String> problems(
      String prefix, Optional<String> baseUrl, String key, String developmentKey) {
    List<String> problems = new ArrayList<>();
    if (baseUrl.isEmpty()) {
      return problems;
    }
    if (!baseUrl.get().startsWith("https://")) {
      problems.add(prefix + ".base-url must begin with https://");
    }
    if (key.equals(developmentKey) || key.length() < MIN_KEY_LENGTH) {
      problems.add("set " + prefix + ".key to the city's own, 32 characters or more");
    }
    return problems;
  }
}
