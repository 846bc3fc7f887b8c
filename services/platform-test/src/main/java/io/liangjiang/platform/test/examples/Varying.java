package io.liangjiang.platform.test.examples;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.Set;

/**
 * An answer with the example's values where the example lets them vary, so that recording an answer
 * writes down no token and no key.
 */
final class Varying {
  private final Set<String> names;

  private Varying(Collection<String> names) {
    this.names = Set.copyOf(names);
  }

  static Message kept(Message answer, Message example, Collection<String> names) {
    return new Varying(names).kept(answer, example);
  }

  private Message kept(Message answer, Message example) {
    Message.Builder builder = answer.toBuilder();
    for (FieldDescriptor field : answer.getAllFields().keySet()) {
      if (!example.getAllFields().containsKey(field)) {
        continue;
      }
      if (names.contains(field.getJsonName())) {
        builder.setField(field, example.getField(field));
      } else if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
        keepInside(builder, field, example);
      }
    }
    return builder.build();
  }

  private void keepInside(Message.Builder builder, FieldDescriptor field, Message example) {
    if (!field.isRepeated()) {
      var inside = kept((Message) builder.getField(field), (Message) example.getField(field));
      builder.setField(field, inside);
      return;
    }
    int both = Math.min(builder.getRepeatedFieldCount(field), example.getRepeatedFieldCount(field));
    for (int i = 0; i < both; i++) {
      var answered = (Message) builder.getRepeatedField(field, i);
      var exemplary = (Message) example.getRepeatedField(field, i);
      builder.setRepeatedField(field, i, kept(answered, exemplary));
    }
  }
}
