package io.liangjiang.gateway.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/**
 * Fills single fields of messages from texts, as they come in paths and queries. Safe for use by
 * many threads.
 */
public final class MessageFields {
  private static final int VALUE = 1;

  private final MessagePlan.Cache plans = new MessagePlan.Cache();

  /** The field of that JSON name; null if there is none. */
  public @Nullable FieldDescriptor find(Message.Builder message, String jsonName) {
    var plan = plans.of(message.getDescriptorForType()).find(jsonName);
    return plan == null ? null : plan.field();
  }

  /** Whether the field holds one message with fields of its own. */
  public static boolean isSingleMessage(FieldDescriptor field) {
    return !field.isRepeated() && ValueKind.of(field) == ValueKind.MESSAGE;
  }

  /** Whether one text can be a value of the field. */
  public static boolean isText(FieldDescriptor field) {
    return ValueKind.of(field) != ValueKind.MESSAGE;
  }

  /**
   * Sets a field, or adds to a repeated one. A text that the field cannot hold, and a second member
   * of a oneof, are noted under {@code name}. False, and nothing done, when no text can be the
   * field's value.
   */
  public boolean setText(
      Message.Builder owner, FieldDescriptor field, String text, Faults faults, String name) {
    if (!isText(field)) {
      return false;
    }
    Object value = valueOf(owner, field, text);
    if (value == null) {
      faults.add(name, Scalars.expectation(field));
    } else if (field.isRepeated()) {
      owner.addRepeatedField(field, value);
    } else if (excluded(owner, field)) {
      faults.add(name, "excludes another field that is there");
    } else {
      owner.setField(field, value);
    }
    return true;
  }

  private static boolean excluded(Message.Builder owner, FieldDescriptor field) {
    var oneof = field.getRealContainingOneof();
    return oneof != null && owner.hasOneof(oneof);
  }

  private static @Nullable Object valueOf(
      Message.Builder owner, FieldDescriptor field, String text) {
    return switch (ValueKind.of(field)) {
      case TIMESTAMP, DURATION -> {
        Message.Builder message = owner.newBuilderForField(field);
        yield WellKnownTypes.read(ValueKind.of(field), text, message) ? message.build() : null;
      }
      case WRAPPER -> {
        Message.Builder message = owner.newBuilderForField(field);
        FieldDescriptor inner = message.getDescriptorForType().findFieldByNumber(VALUE);
        Object value = Scalars.ofText(inner, text);
        yield value == null ? null : message.setField(inner, value).build();
      }
      default -> Scalars.ofText(field, text);
    };
  }
}
