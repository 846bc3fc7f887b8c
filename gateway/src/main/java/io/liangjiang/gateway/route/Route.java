package io.liangjiang.gateway.route;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to reach an RPC by HTTP.
 *
 * @param httpMethod GET, POST, PUT or DELETE; mini-programs cannot send PATCH
 * @param path where it is
 * @param pathFields the request's fields that the path's variables fill, in the path's order
 * @param body what the body fills
 * @param rpc what it calls
 */
public record Route(
    String httpMethod, PathTemplate path, List<FieldPath> pathFields, Body body, Rpc rpc) {

  /** What the body of a request fills. */
  public sealed interface Body {
    /** There is no body: all fields come from the path and the query. */
    record None() implements Body {}

    /** The whole request; the query fills nothing. */
    record Whole() implements Body {}

    /** One message field; the query fills the others. */
    record OneField(FieldDescriptor field) implements Body {}
  }

  /** True when the request can be sent again without harm by its method alone. */
  public boolean isSafe() {
    return httpMethod.equals("GET");
  }

  /** True when the route takes a body. */
  public boolean takesBody() {
    return !(body instanceof Body.None);
  }

  /** Whether the path fills the field, so that nothing else may. */
  public boolean isPathField(@Nullable FieldDescriptor field) {
    return pathFields.stream().anyMatch(p -> p.fields().size() == 1 && p.leaf() == field);
  }

  @Override
  public String toString() {
    return httpMethod + " " + path + " -> " + rpc.call().getFullMethodName();
  }
}
