package io.liangjiang.platform.test.examples;

import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the callers that examples name: {@code nobody}, {@code citizen <uuid> [<level>]} (level
 * REAL_NAME unless said), {@code delegate <citizen uuid> <delegate uuid> <power>...}, {@code
 * service <name>}, {@code staff <role> [<organisation>]}.
 */
public final class ExampleCallers {
  private ExampleCallers() {}

  /** A token of the test's issuer; null for nobody. Errors: IllegalArgumentException. */
  public static @Nullable String token(String caller) {
    String[] words = caller.split(" ", -1);
    return switch (words[0]) {
      case "nobody" -> null;
      case "citizen" -> TestTokens.citizen(UUID.fromString(words[1]), level(words));
      case "delegate" ->
          TestTokens.acting(
              UUID.fromString(words[1]),
              UUID.fromString(words[2]),
              AssuranceLevel.REAL_NAME,
              List.of(words).subList(3, words.length));
      case "service" -> TestTokens.service(words[1]);
      case "staff" -> TestTokens.staff(words[1], words.length > 2 ? words[2] : "");
      default -> throw new IllegalArgumentException("not a caller: " + caller);
    };
  }

  private static AssuranceLevel level(String[] words) {
    return words.length > 2 ? AssuranceLevel.valueOf(words[2]) : AssuranceLevel.REAL_NAME;
  }
}
