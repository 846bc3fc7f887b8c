package io.liangjiang.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.liangjiang.gateway.json.MessageFields;
import io.liangjiang.gateway.route.FieldPath;
import io.liangjiang.gateway.route.PathTemplate;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations of the document: one a route. */
final class Operations {
  private static final int MAX_QUERY_DEPTH = 3;

  private final Comments comments;
  private final Schemas schemas;
  private final Map<String, Integer> timesNamed = new HashMap<>();

  Operations(Comments comments, Schemas schemas) {
    this.comments = comments;
    this.schemas = schemas;
  }

  /** The path as OpenAPI writes it, with the variables' JSON names. */
  static String path(Route route) {
    var path = new StringBuilder();
    Iterator<FieldPath> fields = route.pathFields().iterator();
    for (PathTemplate.Segment segment : route.path().segments()) {
      path.append('/');
      path.append(segment.isVariable() ? "{" + fields.next().jsonName() + "}" : segment.text());
    }
    return route.path().verb().isEmpty() ? path.toString() : path + ":" + route.path().verb();
  }

  /** The operation of a route. */
  Map<String, Object> of(Route route) {
    var schema = route.rpc().schema();
    Access access = route.rpc().access();
    String comment = comments.of(schema);
    Map<String, Object> operation =
        Tree.of(
            "operationId", operationId(route),
            "tags", List.of(schema.getService().getName()),
            "summary", firstSentence(comment),
            "description", comment,
            "x-roles", access.getAnonymous() ? null : access.getRolesList(),
            "x-min-assurance-level", level(access),
            "x-acting-power", access.getActingPower().isEmpty() ? null : access.getActingPower(),
            "security", access.getAnonymous() ? List.of() : null,
            "parameters", parameters(route),
            "requestBody", requestBody(route));
    operation.put(
        "responses",
        Tree.of(
            "200",
                Tree.of(
                    "description",
                    "What was asked for.",
                    "content",
                    content(schema.getOutputType())),
            "default", Tree.of("$ref", "#/components/responses/Problem")));
    return operation;
  }

  /** The RPC's name; a second route of the same RPC gets a number. */
  private String operationId(Route route) {
    String name = route.rpc().schema().getFullName();
    int times = timesNamed.merge(name, 1, Integer::sum);
    String rpc = route.rpc().schema().getName();
    String id = route.rpc().schema().getService().getName() + "_" + rpc;
    return times == 1 ? id : id + times;
  }

  private static @Nullable String level(Access access) {
    return access.getMinAssuranceLevel() == AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED
        ? null
        : access.getMinAssuranceLevel().name();
  }

  private static String firstSentence(String comment) {
    String line = comment.replace('\n', ' ');
    int end = line.indexOf(". ");
    String sentence = end < 0 ? line : line.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private @Nullable List<Object> parameters(Route route) {
    List<Object> parameters = new ArrayList<>();
    for (FieldPath field : route.pathFields()) {
      parameters.add(parameter("path", field.jsonName(), field.leaf()));
    }
    if (!(route.body() instanceof Route.Body.Whole)) {
      addQuery(route, "", route.rpc().schema().getInputType().getFields(), parameters);
    }
    if (route.rpc().requestId() != null) {
      parameters.add(Tree.of("$ref", "#/components/parameters/IdempotencyKey"));
    }
    return parameters.isEmpty() ? null : parameters;
  }

  private void addQuery(
      Route route, String prefix, List<FieldDescriptor> fields, List<Object> parameters) {
    for (FieldDescriptor field : fields) {
      String name = prefix + field.getJsonName();
      if (isElsewhere(route, field) || field.isMapField()) {
        continue;
      }
      if (MessageFields.isText(field)) {
        parameters.add(parameter("query", name, field));
      } else if (!field.isRepeated()
          && prefix.chars().filter(c -> c == '.').count() < MAX_QUERY_DEPTH) {
        addQuery(route, name + ".", field.getMessageType().getFields(), parameters);
      }
    }
  }

  private static boolean isElsewhere(Route route, FieldDescriptor field) {
    boolean isBody =
        route.body() instanceof Route.Body.OneField(FieldDescriptor body) && body == field;
    return isBody || route.isPathField(field) || field == route.rpc().requestId();
  }

  private Map<String, Object> parameter(String in, String name, FieldDescriptor field) {
    return Tree.of(
        "name",
        name,
        "in",
        in,
        "required",
        in.equals("path") ? true : null,
        "description",
        comments.of(field),
        "schema",
        schemas.of(field));
  }

  private @Nullable Map<String, Object> requestBody(Route route) {
    return switch (route.body()) {
      case Route.Body.None() -> null;
      case Route.Body.Whole() ->
          Tree.of(
              "content",
              json(
                  schemas.object(
                      route.rpc().schema().getInputType(), field -> !isElsewhere(route, field))));
      case Route.Body.OneField(FieldDescriptor field) ->
          Tree.of("content", json(schemas.of(field)));
    };
  }

  /** A file comes as itself; which types there are is said with the message. */
  private Map<String, Object> content(Descriptor output) {
    return output.getFullName().equals(File.getDescriptor().getFullName())
        ? Tree.of("*/*", Tree.of("schema", Tree.of("type", "string", "format", "binary")))
        : json(schemas.reference(output));
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return Tree.of("application/json", Tree.of("schema", schema));
  }
}
