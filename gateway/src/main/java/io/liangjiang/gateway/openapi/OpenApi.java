package io.liangjiang.gateway.openapi;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.liangjiang.gateway.problem.Problem;
import io.liangjiang.gateway.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds the document (OpenAPI 3.1) as a tree of maps and lists. */
final class OpenApi {
  private static final String ABOUT =
      """
      One host for every mini-program. Names are lowerCamelCase, times RFC 3339 in UTC, amounts whole minor units (fen for CNY).
      Whole numbers of 64 bits are JSON numbers from -(2^53-1) to 2^53-1 and strings outside; both are accepted.
      A field that a request does not know is refused (UNKNOWN_FIELD). Errors are problem details (RFC 9457) with a stable
      `reason`; `instance` is the request's id, which is also in the X-Request-Id header. A POST that is sent again with the same
      Idempotency-Key does its work once and answers the same.\
      """;

  private OpenApi() {}

  static Map<String, Object> of(List<Route> routes, Comments comments) {
    var schemas = new Schemas(comments);
    var operations = new Operations(comments, schemas);
    Map<String, Object> paths = new LinkedHashMap<>();
    Map<String, Object> tags = new LinkedHashMap<>();
    for (Route route : routes) {
      ServiceDescriptor service = route.rpc().schema().getService();
      tags.computeIfAbsent(
          service.getName(), name -> Tree.of("name", name, "description", comments.of(service)));
      @SuppressWarnings("unchecked") // put here as a map, two lines below
      var path =
          (Map<String, Object>)
              paths.computeIfAbsent(Operations.path(route), p -> new LinkedHashMap<>());
      path.put(route.httpMethod().toLowerCase(Locale.ROOT), operations.of(route));
    }
    return Tree.of(
        "openapi", "3.1.0",
        "info",
            Tree.of(
                "title",
                "Liangjiang",
                "version",
                "v1",
                "description",
                ABOUT,
                "license",
                Tree.of("name", "Apache-2.0", "identifier", "Apache-2.0")),
        "servers", List.of(Tree.of("url", "/")),
        "security", List.of(Tree.of("bearer", List.of())),
        "tags", List.copyOf(tags.values()),
        "paths", paths,
        "components", components(schemas));
  }

  private static Map<String, Object> components(Schemas schemas) {
    Map<String, Object> all = schemas.components();
    all.put("Problem", problem());
    return Tree.of(
        "schemas", all,
        "responses",
            Tree.of(
                "Problem",
                Tree.of(
                    "description",
                    "Why the request failed. Programs decide by `reason`.",
                    "content",
                    Tree.of(
                        Problem.MEDIA_TYPE,
                        Tree.of("schema", Tree.of("$ref", "#/components/schemas/Problem"))))),
        "parameters", Tree.of("IdempotencyKey", idempotencyKey()),
        "securitySchemes",
            Tree.of(
                "bearer",
                Tree.of(
                    "type", "http",
                    "scheme", "bearer",
                    "bearerFormat", "JWT",
                    "description", "The accessToken of a session.")));
  }

  private static Map<String, Object> idempotencyKey() {
    return Tree.of(
        "name",
        "Idempotency-Key",
        "in",
        "header",
        "description",
        "1 to 128 visible ASCII characters, best a UUID; a fresh one for each intention, the same"
            + " for each attempt at it. Without one, a request that is sent again is another"
            + " request.",
        "schema",
        Tree.of("type", "string", "minLength", 1, "maxLength", 128));
  }

  private static Map<String, Object> problem() {
    var text = Tree.of("type", "string");
    var violation =
        Tree.of("type", "object", "properties", Tree.of("field", text, "description", text));
    return Tree.of(
        "type",
        "object",
        "description",
        "Problem details (RFC 9457).",
        "properties",
        Tree.of(
            "type", Tree.of("type", "string", "format", "uri"),
            "title", text,
            "status", Tree.of("type", "integer"),
            "detail", described("For developers; the wording may change."),
            "instance", described("Id of the request."),
            "reason", described("Stable name in UPPER_SNAKE_CASE."),
            "metadata", Tree.of("type", "object", "additionalProperties", text),
            "violations", Tree.of("type", "array", "items", violation)),
        "required",
        List.of(
            "type", "title", "status", "detail", "instance", "reason", "metadata", "violations"));
  }

  private static Map<String, Object> described(String description) {
    return Tree.of("type", "string", "description", description);
  }
}
