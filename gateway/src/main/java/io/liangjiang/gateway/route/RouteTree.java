package io.liangjiang.gateway.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a path, segment by segment. A literal beats a variable, a verb that a route
 * has beats a value with a colon in it, and two routes that would take the same requests cannot
 * both be added.
 */
final class RouteTree {
  private static final String NO_VERB = "";

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;
    private final Map<String, Map<String, Route>> routesByVerb = new HashMap<>();
  }

  /** Where a path ended: its routes by method, and the raw texts of its variables. */
  private record Leaf(Map<String, Route> byMethod, List<String> rawValues) {}

  private final Node root = new Node();

  /** Adds a route. Errors: IllegalArgumentException when another takes the same requests. */
  void add(Route route) {
    Node node = root;
    for (PathTemplate.Segment segment : route.path().segments()) {
      node = segment.isVariable() ? variable(node) : literal(node, segment.text());
    }
    var byMethod = node.routesByVerb.computeIfAbsent(route.path().verb(), v -> new TreeMap<>());
    Route other = byMethod.putIfAbsent(route.httpMethod(), route);
    if (other != null) {
      throw new IllegalArgumentException("ambiguous routes: " + other + " and " + route);
    }
  }

  private static Node literal(Node node, String text) {
    return node.literals.computeIfAbsent(text, t -> new Node());
  }

  private static Node variable(Node node) {
    Node variable = node.variable;
    if (variable == null) {
      variable = new Node();
      node.variable = variable;
    }
    return variable;
  }

  /** The route of a method and a raw path (percent-encoded, without query). */
  Lookup find(String httpMethod, String rawPath) {
    if (!rawPath.startsWith("/")) {
      return new Lookup.Missing();
    }
    Leaf leaf = walk(root, rawPath, 1, new ArrayDeque<>());
    if (leaf == null) {
      return new Lookup.Missing();
    }
    Route route = leaf.byMethod.get(httpMethod);
    if (route == null) {
      return new Lookup.WrongMethod(leaf.byMethod.keySet());
    }
    List<String> values = new ArrayList<>(leaf.rawValues.size());
    for (String raw : leaf.rawValues) {
      String value = PercentEncoding.decodeSegment(raw);
      if (value == null) {
        return new Lookup.Malformed();
      }
      values.add(value);
    }
    return new Lookup.Found(route, values);
  }

  private static @Nullable Leaf walk(Node node, String path, int from, Deque<String> values) {
    int slash = path.indexOf('/', from);
    if (slash < 0) {
      return last(node, path.substring(from), values);
    }
    String segment = path.substring(from, slash);
    Node literal = node.literals.get(segment);
    Leaf found = literal == null ? null : walk(literal, path, slash + 1, values);
    if (found == null && node.variable != null && !segment.isEmpty()) {
      values.addLast(segment);
      found = walk(node.variable, path, slash + 1, values);
      values.removeLast();
    }
    return found;
  }

  private static @Nullable Leaf last(Node node, String raw, Deque<String> values) {
    // Many clients percent-encode the colon of a verb, though they need not.
    String segment = raw.indexOf('%') < 0 ? raw : raw.replace("%3A", ":").replace("%3a", ":");
    int colon = segment.lastIndexOf(':');
    Leaf found = null;
    if (colon > 0) {
      found = end(node, segment.substring(0, colon), segment.substring(colon + 1), values);
    }
    return found == null ? end(node, segment, NO_VERB, values) : found;
  }

  private static @Nullable Leaf end(Node node, String text, String verb, Deque<String> values) {
    Node literal = node.literals.get(text);
    var byMethod = literal == null ? null : literal.routesByVerb.get(verb);
    if (byMethod != null) {
      return new Leaf(byMethod, List.copyOf(values));
    }
    byMethod =
        node.variable == null || text.isEmpty() ? null : node.variable.routesByVerb.get(verb);
    if (byMethod == null) {
      return null;
    }
    List<String> all = new ArrayList<>(values);
    all.add(text);
    return new Leaf(byMethod, all);
  }
}
