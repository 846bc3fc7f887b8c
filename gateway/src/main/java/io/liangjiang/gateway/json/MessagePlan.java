package io.liangjiang.gateway.json;

import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that reading and writing a message type needs, worked out once. */
final class MessagePlan {

  /**
   * One field.
   *
   * @param name its JSON name, already encoded
   * @param omittedWhenUnset true when absence can be told from the zero value, and is then not
   *     written
   */
  record FieldPlan(
      FieldDescriptor field, SerializedString name, ValueKind kind, boolean omittedWhenUnset) {
    static FieldPlan of(FieldDescriptor field) {
      return new FieldPlan(
          field,
          new SerializedString(field.getJsonName()),
          ValueKind.of(field),
          field.hasPresence() && !field.isRepeated());
    }
  }

  private final List<FieldPlan> fields;
  private final Map<String, FieldPlan> byJsonName = new HashMap<>();

  private MessagePlan(Descriptor message) {
    this.fields = message.getFields().stream().map(FieldPlan::of).toList();
    fields.forEach(f -> byJsonName.put(f.field().getJsonName(), f));
  }

  /** The fields in the order of the contract. */
  List<FieldPlan> fields() {
    return fields;
  }

  /** The field of that JSON name; null if there is none. */
  @Nullable FieldPlan find(String jsonName) {
    return byJsonName.get(jsonName);
  }

  /** The plans of all message types met so far; at most as many as the contracts have. */
  static final class Cache {
    private final Map<Descriptor, MessagePlan> plans = new ConcurrentHashMap<>();

    MessagePlan of(Descriptor message) {
      MessagePlan plan = plans.get(message);
      return plan != null ? plan : plans.computeIfAbsent(message, MessagePlan::new);
    }
  }
}
