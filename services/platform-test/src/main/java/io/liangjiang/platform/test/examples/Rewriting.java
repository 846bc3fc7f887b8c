package io.liangjiang.platform.test.examples;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.List;
import java.util.function.UnaryOperator;

/** A copy of a message with its texts and times replaced; the texts of maps stay. */
final class Rewriting {
  private final UnaryOperator<String> texts;
  private final UnaryOperator<Timestamp> times;

  private Rewriting(UnaryOperator<String> texts, UnaryOperator<Timestamp> times) {
    this.texts = texts;
    this.times = times;
  }

  static Message of(Message message, UnaryOperator<String> texts, UnaryOperator<Timestamp> times) {
    return new Rewriting(texts, times).copy(message);
  }

  private Message copy(Message message) {
    if (message instanceof Timestamp time) {
      return times.apply(time);
    }
    Message.Builder builder = message.toBuilder();
    message.getAllFields().forEach((field, value) -> builder.setField(field, copy(field, value)));
    return builder.build();
  }

  private Object copy(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      return value;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(each -> copyOne(each)).toList();
    }
    return copyOne(value);
  }

  private Object copyOne(Object value) {
    return switch (value) {
      case Message message -> copy(message);
      case String text -> texts.apply(text);
      default -> value;
    };
  }
}
