package io.liangjiang.platform.test.examples;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an answer says what its example says. Times may differ but are there or not as in the
 * example. Ids ({@code *_id}), page tokens and the fields that the example lets vary may differ,
 * but each sample stands for one value throughout a conversation, and no two samples for the same.
 * All else is equal.
 */
final class Likeness {
  private final Samples samples;
  private final Set<String> varies;
  private final List<String> differences = new ArrayList<>();

  Likeness(Samples samples, Collection<String> varies) {
    this.samples = samples;
    this.varies = Set.copyOf(varies);
  }

  /** Where the answer differs, by the path of the field; learns what samples stand for. */
  List<String> differences(Message example, Message answer) {
    compare("", example, answer);
    return List.copyOf(differences);
  }

  private void compare(String path, Message example, Message answer) {
    for (FieldDescriptor field : example.getDescriptorForType().getFields()) {
      String at = path.isEmpty() ? field.getJsonName() : path + "." + field.getJsonName();
      if (field.hasPresence() && example.hasField(field) != answer.hasField(field)) {
        note(at, example.hasField(field) ? "is missing" : "should not be there");
      } else if (field.isMapField()) {
        compareMaps(at, field, example, answer);
      } else if (field.isRepeated()) {
        compareLists(at, field, example, answer);
      } else if (!field.hasPresence() || example.hasField(field)) {
        compareValues(at, field, example.getField(field), answer.getField(field));
      }
    }
  }

  private void compareLists(String at, FieldDescriptor field, Message example, Message answer) {
    int size = example.getRepeatedFieldCount(field);
    if (varies.contains(field.getJsonName())) {
      return;
    }
    if (size != answer.getRepeatedFieldCount(field)) {
      note(at, "has " + answer.getRepeatedFieldCount(field) + " elements, not " + size);
      return;
    }
    for (int i = 0; i < size; i++) {
      compareValues(
          at + "[" + i + "]",
          field,
          example.getRepeatedField(field, i),
          answer.getRepeatedField(field, i));
    }
  }

  /** A map that varies has the same keys. */
  private void compareMaps(String at, FieldDescriptor field, Message example, Message answer) {
    Map<String, String> expected = Entries.of(field, example);
    Map<String, String> actual = Entries.of(field, answer);
    boolean same =
        varies.contains(field.getJsonName())
            ? expected.keySet().equals(actual.keySet())
            : expected.equals(actual);
    if (!same) {
      note(at, "is " + actual + ", not " + expected);
    }
  }

  private void compareValues(String at, FieldDescriptor field, Object example, Object answer) {
    if (example instanceof Timestamp) {
      return; // it is there: that is all that can be said of a time
    }
    if (field.getJavaType() == JavaType.MESSAGE) {
      compare(at, (Message) example, (Message) answer);
    } else if (example instanceof String sample && variesById(field)) {
      samples.learn(sample, (String) answer).ifPresent(fault -> note(at, fault));
    } else if (!varies.contains(field.getJsonName()) && !expected(example).equals(answer)) {
      note(at, "is " + answer + ", not " + expected(example));
    }
  }

  private Object expected(Object example) {
    return example instanceof String sample ? samples.actual(sample) : example;
  }

  private boolean variesById(FieldDescriptor field) {
    return field.getName().endsWith("_id")
        || field.getName().equals("next_page_token")
        || varies.contains(field.getJsonName());
  }

  private void note(String at, String fault) {
    differences.add(at + " " + fault);
  }

  /** A map field's entries as text. */
  private static final class Entries {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    static Map<String, String> of(FieldDescriptor field, Message message) {
      var entries = new java.util.TreeMap<String, String>();
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        var entry = (Message) message.getRepeatedField(field, i);
        var type = entry.getDescriptorForType();
        entries.put(
            String.valueOf(entry.getField(type.findFieldByNumber(KEY))),
            String.valueOf(entry.getField(type.findFieldByNumber(VALUE))));
      }
      return entries;
    }
  }
}
