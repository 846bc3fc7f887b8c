package io.liangjiang.gateway.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The comments of the contracts by full name, from a descriptor set with source locations:
 * generated classes carry none. Fields that a comment names are spelt as in JSON. A location's path
 * is explained at google.protobuf.SourceCodeInfo.Location.
 */
final class Comments {
  private static final String TOOL_DIRECTIVE = "buf:lint:ignore";

  private static final Pattern SNAKE_CASE =
      Pattern.compile("(?<![A-Za-z0-9_])[a-z][a-z0-9]*(_[a-z0-9]+)+(?![A-Za-z0-9_])");

  private final Map<String, String> byName = new HashMap<>();
  private final Map<String, String> jsonNames = new HashMap<>();

  /** Reads a FileDescriptorSet. Errors: IllegalArgumentException when it is none. */
  static Comments of(byte[] descriptorSet) {
    try {
      var comments = new Comments();
      FileDescriptorSet.parseFrom(descriptorSet).getFileList().forEach(comments::add);
      comments.byName.replaceAll((name, text) -> comments.withJsonNames(text));
      return comments;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a descriptor set", e);
    }
  }

  /** The comment of an element of a contract; empty without one. */
  String of(GenericDescriptor element) {
    return byName.getOrDefault(element.getFullName(), "");
  }

  /** The comment of an enum's value: protobuf names it beside its enum, not in it. */
  String ofValue(EnumValueDescriptor value) {
    return byName.getOrDefault(value.getType().getFullName() + "." + value.getName(), "");
  }

  private void add(FileDescriptorProto file) {
    file.getMessageTypeList().forEach(this::addJsonNames);
    Map<List<Integer>, String> namesByPath = new Names().of(file);
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      String name = namesByPath.get(location.getPathList());
      String text = text(location);
      if (name != null && !text.isEmpty()) {
        byName.put(name, text);
      }
    }
  }

  private void addJsonNames(DescriptorProto message) {
    message.getFieldList().forEach(field -> jsonNames.put(field.getName(), field.getJsonName()));
    message.getNestedTypeList().forEach(this::addJsonNames);
  }

  /** What is no field of a contract, for example another system's own term, stays as it is. */
  private String withJsonNames(String text) {
    return SNAKE_CASE
        .matcher(text)
        .replaceAll(word -> jsonNames.getOrDefault(word.group(), word.group()));
  }

  private static String text(Location location) {
    String comment =
        location.hasLeadingComments()
            ? location.getLeadingComments()
            : location.getTrailingComments();
    return comment
        .lines()
        .map(String::strip)
        .filter(line -> !line.startsWith(TOOL_DIRECTIVE))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** The full names of a file's elements by their paths in the file. */
  private static final class Names {
    private final Map<List<Integer>, String> names = new HashMap<>();

    Map<List<Integer>, String> of(FileDescriptorProto file) {
      String scope = file.getPackage();
      for (int i = 0; i < file.getMessageTypeCount(); i++) {
        addMessage(
            scope,
            List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i),
            file.getMessageType(i));
      }
      for (int i = 0; i < file.getEnumTypeCount(); i++) {
        addEnum(scope, List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i), file.getEnumType(i));
      }
      for (int i = 0; i < file.getServiceCount(); i++) {
        addService(scope, List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, i), file.getService(i));
      }
      return names;
    }

    private void addMessage(String scope, List<Integer> path, DescriptorProto message) {
      String name = scope + "." + message.getName();
      names.put(path, name);
      for (int i = 0; i < message.getFieldCount(); i++) {
        names.put(
            with(path, DescriptorProto.FIELD_FIELD_NUMBER, i),
            name + "." + message.getField(i).getName());
      }
      for (int i = 0; i < message.getNestedTypeCount(); i++) {
        addMessage(
            name,
            with(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i),
            message.getNestedType(i));
      }
      for (int i = 0; i < message.getEnumTypeCount(); i++) {
        addEnum(
            name, with(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i), message.getEnumType(i));
      }
    }

    private void addEnum(String scope, List<Integer> path, EnumDescriptorProto enumType) {
      names.put(path, scope + "." + enumType.getName());
      for (int i = 0; i < enumType.getValueCount(); i++) {
        names.put(
            with(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i),
            scope + "." + enumType.getName() + "." + enumType.getValue(i).getName());
      }
    }

    private void addService(String scope, List<Integer> path, ServiceDescriptorProto service) {
      String name = scope + "." + service.getName();
      names.put(path, name);
      for (int i = 0; i < service.getMethodCount(); i++) {
        names.put(
            with(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i),
            name + "." + service.getMethod(i).getName());
      }
    }

    private static List<Integer> with(List<Integer> path, int field, int index) {
      return java.util.stream.Stream.concat(path.stream(), java.util.stream.Stream.of(field, index))
          .toList();
    }
  }
}
