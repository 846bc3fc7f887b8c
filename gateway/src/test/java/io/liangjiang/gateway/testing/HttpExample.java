package io.liangjiang.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.platform.test.examples.Exchange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * An example as a phone sends it: written down a second time here, from the route and the request,
 * so that the gateway's reading is not its own judge.
 *
 * @param method HTTP method
 * @param target path and query
 * @param body JSON, or empty
 * @param idempotencyKey the request id, or empty
 */
public record HttpExample(String method, String target, String body, String idempotencyKey) {
  /** The HTTP request that means the example's request. */
  public static HttpExample of(Exchange exchange, Route route) {
    ObjectNode rest = exchange.request().deepCopy();
    String path =
        route.path().segments().stream()
            .map(part -> part.isVariable() ? encode(take(rest, part.text())) : part.text())
            .collect(Collectors.joining("/", "/", ""));
    String verb = route.path().verb().isEmpty() ? "" : ":" + route.path().verb();
    String key = route.takesBody() ? take(rest, "request_id") : "";
    String query = route.takesBody() ? "" : query(rest);
    String body = route.takesBody() ? rest.toString() : "";
    return new HttpExample(route.httpMethod(), path + verb + query, body, key);
  }

  private static String take(ObjectNode from, String protoName) {
    JsonNode value = from.remove(jsonName(protoName));
    return value == null ? "" : value.asText();
  }

  private static String query(ObjectNode fields) {
    if (fields.isEmpty()) {
      return "";
    }
    return fields.properties().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue().asText()))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A path of fields as JSON spells it. */
  public static String jsonName(String protoName) {
    var name = new StringBuilder();
    boolean upper = false;
    for (char c : protoName.toCharArray()) {
      if (c != '_') {
        name.append(upper ? Character.toUpperCase(c) : c);
      }
      upper = c == '_';
    }
    return name.toString();
  }
}
