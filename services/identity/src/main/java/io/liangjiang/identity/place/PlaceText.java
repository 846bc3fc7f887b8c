package io.liangjiang.identity.place;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record of a file in GeoLite2 City's layout as one line. The layout knows more, such as
 * coordinates and postal codes; only the city, its region and the country's code are read.
 */
final class PlaceText {
  /** Characters of a place at most; the table's limit too. */
  static final int MAX_LENGTH = 200;

  private static final String FALLBACK_LANGUAGE = "en";

  private PlaceText() {}

  /** City, region and country code, those that are known; for example "Chongqing, CN". */
  static String of(Map<?, ?> found, String language) {
    String text =
        Stream.of(
                name(found.get("city"), language),
                name(first(found.get("subdivisions")), language),
                text(member(found.get("country"), "iso_code")))
            .filter(Predicate.not(String::isEmpty))
            .distinct()
            .collect(Collectors.joining(", "));
    return text.substring(0, Math.min(text.length(), MAX_LENGTH));
  }

  private static String name(@Nullable Object place, String language) {
    Object names = member(place, "names");
    String name = text(member(names, language));
    return name.isEmpty() ? text(member(names, FALLBACK_LANGUAGE)) : name;
  }

  private static @Nullable Object first(@Nullable Object list) {
    return list instanceof List<?> items && !items.isEmpty() ? items.getFirst() : null;
  }

  private static @Nullable Object member(@Nullable Object map, String key) {
    return map instanceof Map<?, ?> members ? members.get(key) : null;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text && text.chars().noneMatch(Character::isISOControl)
        ? text
        : "";
  }
}
