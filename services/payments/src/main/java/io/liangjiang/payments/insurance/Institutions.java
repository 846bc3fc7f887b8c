package io.liangjiang.payments.insurance;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The merchants that the bureau knows as hospitals. */
@Singleton
public class Institutions {
  private static final Pattern ENTRY = Pattern.compile("([a-z0-9-]{1,64}):(H[0-9]{11})");

  private final Map<String, String> numbers;

  Institutions(InsuranceSettings settings) {
    this.numbers =
        settings.institutions().stream()
            .map(Institutions::match)
            .collect(Collectors.toUnmodifiableMap(m -> m.group(1), m -> m.group(2)));
  }

  /** The bureau's number of a merchant; empty for one that is no hospital. */
  public Optional<String> numberOf(String merchantId) {
    return Optional.ofNullable(numbers.get(merchantId));
  }

  private static Matcher match(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new IllegalStateException(
          "liangjiang.insurance.institutions: not merchant-id:H and 11 digits: " + entry);
    }
    return matcher;
  }
}
