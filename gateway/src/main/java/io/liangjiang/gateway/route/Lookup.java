package io.liangjiang.gateway.route;

import java.util.List;
import java.util.Set;

/** What looking for the route of a request gives. */
public sealed interface Lookup {
  /** The route, and the text of the path's variables in order, decoded. */
  record Found(Route route, List<String> values) implements Lookup {}

  /** The path is there for other methods. */
  record WrongMethod(Set<String> allowed) implements Lookup {}

  /** The path is not there. */
  record Missing() implements Lookup {}

  /** The path is not percent-encoded UTF-8. */
  record Malformed() implements Lookup {}
}
