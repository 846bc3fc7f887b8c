package io.liangjiang.gateway.route;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.liangjiang.gateway.route.Route.Body;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the routes of a contract, and refuses what the gateway cannot serve: better at start-up
 * than at a request.
 */
final class RouteReader {
  private RouteReader() {}

  /** All routes of a service. Errors: IllegalArgumentException naming the RPC. */
  static List<Route> read(ServiceDescriptor service) {
    List<Route> routes = new ArrayList<>();
    for (MethodDescriptor<?, ?> method : service.getMethods()) {
      try {
        routes.addAll(read(Rpc.of(method)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(method.getFullMethodName() + ": " + e.getMessage(), e);
      }
    }
    return routes;
  }

  private static List<Route> read(Rpc rpc) {
    var options = rpc.schema().getOptions();
    if (!options.hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    if (rpc.call().getType() != MethodType.UNARY) {
      throw new IllegalArgumentException("a stream cannot be a route");
    }
    SupportedTypes.check(rpc.schema().getInputType());
    SupportedTypes.check(rpc.schema().getOutputType());
    HttpRule rule = options.getExtension(AnnotationsProto.http);
    List<Route> routes = new ArrayList<>();
    routes.add(route(rule, rpc));
    rule.getAdditionalBindingsList().forEach(more -> routes.add(route(more, rpc)));
    return routes;
  }

  static Route route(HttpRule rule, Rpc rpc) {
    if (!rule.getResponseBody().isEmpty()) {
      throw new IllegalArgumentException("response_body is not supported");
    }
    PathTemplate path = PathTemplate.parse(pathOf(rule));
    List<FieldPath> fields =
        path.variables().stream()
            .map(name -> pathField(rpc.schema().getInputType(), name))
            .toList();
    Route route = new Route(methodOf(rule), path, fields, body(rule, rpc), rpc);
    if (rpc.isOfEveryService() && (rpc.service() == null || !route.isPathField(rpc.service()))) {
      throw new IllegalArgumentException("every service serves it, and the path names none");
    }
    return route;
  }

  private static String methodOf(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> "GET";
      case POST -> "POST";
      case PUT -> "PUT";
      case DELETE -> "DELETE";
      case PATCH -> throw new IllegalArgumentException("mini-programs cannot send PATCH");
      case CUSTOM, PATTERN_NOT_SET -> throw new IllegalArgumentException("no HTTP method");
    };
  }

  private static String pathOf(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> rule.getGet();
      case POST -> rule.getPost();
      case PUT -> rule.getPut();
      case DELETE -> rule.getDelete();
      case PATCH -> rule.getPatch();
      case CUSTOM, PATTERN_NOT_SET -> "";
    };
  }

  private static Body body(HttpRule rule, Rpc rpc) {
    String body = rule.getBody();
    boolean bodyless = rule.hasGet() || rule.hasDelete();
    if (bodyless && !body.isEmpty()) {
      throw new IllegalArgumentException("GET and DELETE take no body");
    }
    if (body.isEmpty()) {
      return new Body.None();
    }
    if (body.equals("*")) {
      return new Body.Whole();
    }
    FieldDescriptor field = rpc.schema().getInputType().findFieldByName(body);
    if (field == null || field.isRepeated() || !isMessage(field)) {
      throw new IllegalArgumentException("the body is not a single message: " + body);
    }
    return new Body.OneField(field);
  }

  private static FieldPath pathField(Descriptor request, String name) {
    FieldPath path = FieldPath.ofProtoNames(request, name);
    if (path == null || path.leaf().isRepeated() || isMessage(path.leaf())) {
      throw new IllegalArgumentException("a path variable that is no single plain field: " + name);
    }
    return path;
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }
}
