package io.liangjiang.gateway.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes of a document: maps that keep their order. */
final class Tree {
  private Tree() {}

  /** A node of names and values in turn; a null or empty value leaves its name out. */
  static Map<String, Object> of(@Nullable Object... namesAndValues) {
    Map<String, Object> node = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null && !value.equals("")) {
        node.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return node;
  }
}
