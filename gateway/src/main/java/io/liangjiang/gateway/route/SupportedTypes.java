package io.liangjiang.gateway.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;
import java.util.Set;

/**
 * Which messages can be JSON here: all but those well-known types whose JSON has no fixed shape,
 * which a contract can do without.
 */
final class SupportedTypes {
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "google.protobuf.Any",
          "google.protobuf.FieldMask",
          "google.protobuf.ListValue",
          "google.protobuf.Struct",
          "google.protobuf.Value");

  private SupportedTypes() {}

  /**
   * Errors: IllegalArgumentException naming the type, if the message or one inside it is not
   * supported.
   */
  static void check(Descriptor message) {
    check(message, new HashSet<>());
  }

  private static void check(Descriptor message, Set<String> seen) {
    if (UNSUPPORTED.contains(message.getFullName())) {
      throw new IllegalArgumentException("no JSON for " + message.getFullName());
    }
    if (!seen.add(message.getFullName())) {
      return;
    }
    for (FieldDescriptor field : message.getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        check(field.getMessageType(), seen);
      }
    }
  }
}
