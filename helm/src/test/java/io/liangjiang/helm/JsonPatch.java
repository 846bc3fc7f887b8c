package io.liangjiang.helm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a tree as RFC 6902 says, by the four operations that our overlays use. Stricter than the
 * RFC in one thing: {@code add} replaces nothing.
 */
final class JsonPatch {
  private static final Set<String> OPERATIONS = Set.of("add", "replace", "remove", "test");
  private static final String END = "-";

  private JsonPatch() {}

  static void apply(Object tree, List<Object> operations) {
    operations.forEach(operation -> applyOne(tree, Trees.asMap(operation)));
  }

  private static void applyOne(Object tree, Map<String, Object> operation) {
    String name = Trees.text(operation, "op");
    String path = Trees.text(operation, "path");
    if (!OPERATIONS.contains(name) || !path.startsWith("/")) {
      throw new IllegalArgumentException("no operation of ours: " + operation);
    }
    List<String> steps =
        Arrays.stream(path.substring(1).split("/", -1))
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList();
    Object parent = tree;
    for (String step : steps.subList(0, steps.size() - 1)) {
      parent = present(child(parent, step), path);
    }
    @Nullable Object value = operation.get("value");
    change(parent, steps.getLast(), name, value == null ? null : Trees.copy(value), path);
  }

  private static void change(
      Object parent, String last, String operation, @Nullable Object value, String path) {
    boolean isThere = child(parent, last) != null;
    switch (operation) {
      case "test" -> require(Objects.equals(child(parent, last), value), "not so", path);
      case "add" -> {
        require(parent instanceof List || !isThere, "there already", path);
        add(parent, last, value);
      }
      case "replace" -> {
        require(isThere, "nothing there", path);
        replace(parent, last, value);
      }
      default -> {
        require(isThere, "nothing there", path);
        remove(parent, last);
      }
    }
  }

  private static void add(Object parent, String last, @Nullable Object value) {
    if (parent instanceof List<?> list) {
      List<Object> items = Trees.asList(list);
      items.add(last.equals(END) ? items.size() : Integer.parseInt(last), value);
    } else {
      Trees.asMap(parent).put(last, value);
    }
  }

  private static void replace(Object parent, String last, @Nullable Object value) {
    if (parent instanceof List<?> list) {
      Trees.asList(list).set(Integer.parseInt(last), value);
    } else {
      Trees.asMap(parent).put(last, value);
    }
  }

  private static void remove(Object parent, String last) {
    if (parent instanceof List<?> list) {
      Trees.asList(list).remove(Integer.parseInt(last));
    } else {
      Trees.asMap(parent).remove(last);
    }
  }

  private static @Nullable Object child(Object parent, String step) {
    if (parent instanceof Map<?, ?> map) {
      return map.get(step);
    }
    if (parent instanceof List<?> list && !step.equals(END)) {
      int index = Integer.parseInt(step);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }

  private static Object present(@Nullable Object value, String path) {
    require(value != null, "nothing there", path);
    return Objects.requireNonNull(value);
  }

  private static void require(boolean holds, String what, String path) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": " + path);
    }
  }
}
