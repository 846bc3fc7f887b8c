package io.liangjiang.standalone.city;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The staff of the development city and their passwords, made once. */
public final class StaffPasswords {
  /** User names, each also the name of its role. */
  static final List<String> USERNAMES =
      List.of(
          "gate",
          "auditor",
          "bus-operator",
          "merchant",
          "hospital-desk",
          "admin",
          "security-admin");

  private StaffPasswords() {}

  static String of(Secrets secrets, String username) {
    if (!USERNAMES.contains(username)) {
      throw new IllegalArgumentException("nobody of the staff is called " + username);
    }
    return secrets.password("staff-" + username);
  }

  /** All of them by user name, in the order in which they are printed. */
  public static Map<String, String> all(Secrets secrets) {
    Map<String, String> passwords = new LinkedHashMap<>();
    USERNAMES.forEach(username -> passwords.put(username, of(secrets, username)));
    return passwords;
  }
}
