package io.liangjiang.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * JSON schemas of messages and enums; every one that is referred to is collected for the
 * components.
 */
final class Schemas {
  private static final String REFERENCE = "#/components/schemas/";

  private final Comments comments;
  private final Map<String, Object> components = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** All schemas that were referred to, by name. */
  Map<String, Object> components() {
    return components;
  }

  /** A reference to the schema of a message. */
  Map<String, Object> reference(Descriptor message) {
    String name = nameOf(message);
    if (!components.containsKey(name)) {
      components.put(name, Map.of()); // a message may contain itself
      components.put(name, object(message, field -> true));
    }
    return Tree.of("$ref", REFERENCE + name);
  }

  /** The schema of a message with some of its fields. */
  Map<String, Object> object(Descriptor message, Predicate<FieldDescriptor> wanted) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (FieldDescriptor field : message.getFields()) {
      if (wanted.test(field)) {
        properties.put(field.getJsonName(), described(field));
      }
    }
    return Tree.of("type", "object", "description", comments.of(message), "properties", properties);
  }

  /** The schema of a field's values, without the comment. */
  Map<String, Object> of(FieldDescriptor field) {
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      return Tree.of("type", "object", "additionalProperties", single(value));
    }
    return field.isRepeated() ? Tree.of("type", "array", "items", single(field)) : single(field);
  }

  private Map<String, Object> described(FieldDescriptor field) {
    String comment = comments.of(field);
    Map<String, Object> schema = new LinkedHashMap<>(of(field));
    if (!comment.isEmpty()) {
      schema.put("description", comment);
    }
    return schema;
  }

  private Map<String, Object> single(FieldDescriptor field) {
    return switch (field.getType()) {
      case BOOL -> Tree.of("type", "boolean");
      case INT32, SINT32, SFIXED32 -> Tree.of("type", "integer", "format", "int32");
      case UINT32, FIXED32 -> Tree.of("type", "integer", "minimum", 0);
      case INT64, SINT64, SFIXED64 -> Tree.of("type", "integer", "format", "int64");
      case UINT64, FIXED64 -> Tree.of("type", "integer", "minimum", 0);
      case FLOAT -> Tree.of("type", "number", "format", "float");
      case DOUBLE -> Tree.of("type", "number", "format", "double");
      case STRING -> Tree.of("type", "string");
      case BYTES -> Tree.of("type", "string", "contentEncoding", "base64");
      case ENUM -> enumReference(field.getEnumType());
      case MESSAGE, GROUP -> message(field.getMessageType());
    };
  }

  private Map<String, Object> message(Descriptor message) {
    if (!message.getFile().getPackage().equals("google.protobuf")) {
      return reference(message);
    }
    return switch (message.getName()) {
      case "Timestamp" -> Tree.of("type", "string", "format", "date-time");
      case "Duration" -> Tree.of("type", "string", "pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$");
      case "Empty" -> Tree.of("type", "object");
      default -> single(message.findFieldByNumber(1)); // a wrapper is its value
    };
  }

  private Map<String, Object> enumReference(EnumDescriptor type) {
    String name = nameOf(type);
    List<String> values = type.getValues().stream().map(EnumValueDescriptor::getName).toList();
    components.put(
        name, Tree.of("type", "string", "description", describedValues(type), "enum", values));
    return Tree.of("$ref", REFERENCE + name);
  }

  private String describedValues(EnumDescriptor type) {
    List<String> lines = new ArrayList<>();
    lines.add(comments.of(type));
    for (EnumValueDescriptor value : type.getValues()) {
      lines.add("- " + value.getName() + ": " + comments.ofValue(value).replace('\n', ' '));
    }
    return String.join("\n", lines);
  }

  /** "payments.PaymentOrder.State" of "liangjiang.payments.v1.PaymentOrder.State". */
  static String nameOf(GenericDescriptor type) {
    String[] parts = type.getFile().getPackage().split("\\.", -1);
    String local = type.getFullName().substring(type.getFile().getPackage().length() + 1);
    return parts.length == 3 ? parts[1] + "." + local : type.getFullName();
  }
}
