package io.liangjiang.helm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trees of maps and lists, as YAML is read. A path is written {@code spec.ports[0].name}; a key
 * with dots is written in quotes: {@code labels."app.kubernetes.io/name"}.
 */
final class Trees {
  private static final Pattern STEP = Pattern.compile("\"([^\"]+)\"|\\[(\\d+)]|([^.\\[\\]\"]+)");

  private Trees() {}

  private static List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    var matcher = STEP.matcher(path);
    while (matcher.find()) {
      if (matcher.group(2) != null) {
        steps.add(Integer.valueOf(matcher.group(2)));
      } else {
        steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(3));
      }
    }
    return steps;
  }

  /** What is at the path, or null. */
  static @Nullable Object find(@Nullable Object tree, String path) {
    Object at = tree;
    for (Object step : steps(path)) {
      at = step(at, step);
    }
    return at;
  }

  private static @Nullable Object step(@Nullable Object at, Object step) {
    if (at instanceof Map<?, ?> map && step instanceof String) {
      return map.get(step);
    }
    if (at instanceof List<?> list && step instanceof Integer index && index < list.size()) {
      return list.get(index);
    }
    return null;
  }

  /** The map at the path; empty when there is none. */
  static Map<String, Object> map(@Nullable Object tree, String path) {
    return find(tree, path) instanceof Map<?, ?> map ? asMap(map) : Map.of();
  }

  /** The list at the path; empty when there is none. */
  static List<Object> list(@Nullable Object tree, String path) {
    return find(tree, path) instanceof List<?> list ? asList(list) : List.of();
  }

  /** The text at the path; empty when there is none. */
  static String text(@Nullable Object tree, String path) {
    Object found = find(tree, path);
    return found == null ? "" : String.valueOf(found);
  }

  /** The whole number at the path; -1 when there is none. */
  static long number(@Nullable Object tree, String path) {
    return find(tree, path) instanceof Number number ? number.longValue() : -1;
  }

  /** Puts a value where the path ends; what lies before it must be there. */
  static void put(Object tree, String path, Object value) {
    List<Object> steps = steps(path);
    Object parent = parent(tree, steps);
    Object last = steps.getLast();
    if (parent instanceof Map<?, ?> map) {
      asMap(map).put((String) last, value);
    } else if (parent instanceof List<?> list) {
      asList(list).set((Integer) last, value);
    } else {
      throw new NoSuchElementException(path);
    }
  }

  /** Removes what is at the path; it must be there. */
  static void remove(Object tree, String path) {
    List<Object> steps = steps(path);
    Object parent = parent(tree, steps);
    Object removed =
        parent instanceof Map<?, ?> map
            ? map.remove(steps.getLast())
            : asList((List<?>) parent).remove((int) (Integer) steps.getLast());
    if (removed == null) {
      throw new NoSuchElementException(path);
    }
  }

  private static Object parent(Object tree, List<Object> steps) {
    Object at = tree;
    for (Object step : steps.subList(0, steps.size() - 1)) {
      at = step(at, step);
      if (at == null) {
        throw new NoSuchElementException(steps.toString());
      }
    }
    return at;
  }

  /** A tree of its own. */
  static Object copy(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put((String) key, value == null ? null : copy(value)));
      return copy;
    }
    if (tree instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(value -> copy.add(copy(value)));
      return copy;
    }
    return tree;
  }

  /** Visits every entry of every map, with the path of its map. */
  static void entries(Object tree, BiConsumer<String, Map.Entry<String, Object>> visitor) {
    entries("", tree, visitor);
  }

  private static void entries(
      String path, Object tree, BiConsumer<String, Map.Entry<String, Object>> visitor) {
    if (tree instanceof Map<?, ?> map) {
      for (var entry : List.copyOf(asMap(map).entrySet())) {
        visitor.accept(path, entry);
        if (entry.getValue() != null) {
          entries(join(path, "\"" + entry.getKey() + "\""), entry.getValue(), visitor);
        }
      }
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        entries(path + "[" + i + "]", asList(list).get(i), visitor);
      }
    }
  }

  static String join(String path, String step) {
    return path.isEmpty() ? step : path + "." + step;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> asMap(Object map) {
    return (Map<String, Object>) map;
  }

  @SuppressWarnings("unchecked")
  static List<Object> asList(Object list) {
    return (List<Object>) list;
  }
}
