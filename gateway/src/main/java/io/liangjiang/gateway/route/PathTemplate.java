package io.liangjiang.gateway.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A path of google.api.http: literal segments, variables of one segment, and perhaps a verb after a
 * colon, for example {@code /v1/trips/{trip_id}:cancel}. Variables of several segments and
 * wildcards are not supported: no resource here has a slash in its name.
 *
 * @param segments literals and variables in order
 * @param verb what follows the last colon; empty without one
 */
public record PathTemplate(List<Segment> segments, String verb) {
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern VARIABLE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  /**
   * One part of a path between slashes: a literal, or the name of the field that takes its place.
   */
  public record Segment(String text, boolean isVariable) {}

  /**
   * Reads a template. Errors: IllegalArgumentException for a path that is none or has what is not
   * supported.
   */
  public static PathTemplate parse(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash: " + path);
    }
    int colon = path.indexOf(':', path.lastIndexOf('/') + 1);
    String verb = colon < 0 ? "" : path.substring(colon + 1);
    if (colon >= 0 && !LITERAL.matcher(verb).matches()) {
      throw new IllegalArgumentException("not a verb: " + path);
    }
    String bare = colon < 0 ? path : path.substring(0, colon);
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : bare.substring(1).split("/", -1)) {
      Segment segment = segment(part, path);
      if (segment.isVariable && !names.add(segment.text)) {
        throw new IllegalArgumentException("a variable twice: " + path);
      }
      segments.add(segment);
    }
    return new PathTemplate(List.copyOf(segments), verb);
  }

  private static Segment segment(String part, String path) {
    if (part.startsWith("{") && part.endsWith("}")) {
      String name = part.substring(1, part.length() - 1);
      if (VARIABLE.matcher(name).matches()) {
        return new Segment(name, true);
      }
    } else if (LITERAL.matcher(part).matches()) {
      return new Segment(part, false);
    }
    throw new IllegalArgumentException("not a supported path segment: " + part + " of " + path);
  }

  /** Names of the variables in order. */
  public List<String> variables() {
    return segments.stream().filter(Segment::isVariable).map(Segment::text).toList();
  }
}
