package io.liangjiang.gateway.request;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.liangjiang.gateway.json.Faults;
import io.liangjiang.gateway.json.JsonReader;
import io.liangjiang.gateway.json.MessageFields;
import io.liangjiang.gateway.json.Scalars;
import io.liangjiang.gateway.route.FieldPath;
import io.liangjiang.gateway.route.Lookup;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import org.jspecify.annotations.Nullable;

/** Makes the message of a request. Safe for use by many threads. */
public final class RequestReader {
  private final JsonReader json = new JsonReader();
  private final MessageFields fields = new MessageFields();
  private final RequestIds requestIds;

  /** A reader that takes the ids of requests without a key from {@code requestIds}. */
  public RequestReader(RequestIds requestIds) {
    this.requestIds = requestIds;
  }

  /**
   * What a request brings.
   *
   * @param query the raw query; empty without one
   * @param body the body; empty without one, which counts as an empty object
   * @param idempotencyKey the header, if there is one
   * @param subject who calls; empty for nobody
   */
  public record Parts(String query, byte[] body, @Nullable String idempotencyKey, String subject) {}

  /** Errors: those of json, query and key, INVALID_ARGUMENT, UNKNOWN_FIELD. */
  public Message read(Lookup.Found found, Parts parts) {
    Route route = found.route();
    Message.Builder request = route.rpc().newRequest();
    Faults faults = new Faults();
    readBody(route.body(), parts.body, request, faults);
    new QueryBinder(route, fields, faults).bind(parts.query, request);
    for (int i = 0; i < found.values().size(); i++) {
      setPathField(route.pathFields().get(i), found.values().get(i), request, faults);
    }
    faults.throwIfAny();
    setRequestId(route.rpc().requestId(), parts, request);
    return request.build();
  }

  private void readBody(Route.Body body, byte[] bytes, Message.Builder request, Faults faults) {
    if (bytes.length == 0) {
      return;
    }
    switch (body) {
      case Route.Body.Whole() -> json.read(bytes, request, faults);
      case Route.Body.OneField(FieldDescriptor field) ->
          json.read(bytes, request.getFieldBuilder(field), faults);
      case Route.Body.None() -> {}
    }
  }

  private static void setPathField(
      FieldPath path, String text, Message.Builder request, Faults faults) {
    Message.Builder owner = path.owner(request);
    FieldDescriptor field = path.leaf();
    Object value = Scalars.ofText(field, text);
    if (value == null) {
      faults.add(path.jsonName(), Scalars.expectation(field));
      return;
    }
    Object given = owner.getField(field);
    if (!given.equals(field.getDefaultValue()) && !given.equals(value)) {
      faults.add(path.jsonName(), "differs from the path");
    }
    owner.setField(field, value);
  }

  private void setRequestId(@Nullable FieldDescriptor field, Parts parts, Message.Builder request) {
    if (field == null) {
      return;
    }
    String given = (String) request.getField(field);
    String key = parts.idempotencyKey;
    if (key == null) {
      if (given.isEmpty()) {
        request.setField(field, requestIds.next());
      }
      return;
    }
    String id = RequestIds.ofKey(key, parts.subject);
    if (!given.isEmpty() && !given.equals(key) && !given.equals(id)) {
      throw new ServiceException(
              PlatformReason.INVALID_REQUEST_ID, "requestId and Idempotency-Key differ")
          .violation("requestId", "differs from the Idempotency-Key header");
    }
    request.setField(field, id);
  }
}
