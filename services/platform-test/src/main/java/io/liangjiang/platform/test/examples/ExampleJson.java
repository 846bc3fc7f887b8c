package io.liangjiang.platform.test.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** The JSON of examples: protobuf's own, with int64 as numbers as the gateway writes them. */
public final class ExampleJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

  private ExampleJson() {}

  /** Fills the builder. Errors: IllegalArgumentException naming what the contract does not have. */
  public static Message read(JsonNode json, Message.Builder into) {
    try {
      JsonFormat.parser().merge(json.toString(), into);
      return into.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e.getMessage() + " in " + json, e);
    }
  }

  /** The message, zero values written. */
  public static JsonNode write(Message message) {
    try {
      JsonNode json = JSON.readTree(PRINTER.print(message));
      if (json instanceof ObjectNode object) {
        numbers(object, message.getDescriptorForType());
      }
      return json;
    } catch (InvalidProtocolBufferException | JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void numbers(ObjectNode object, Descriptor type) {
    for (FieldDescriptor field : type.getFields()) {
      JsonNode value = object.get(field.getJsonName());
      if (value == null || field.isMapField()) {
        continue;
      }
      if (value instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          list.set(i, number(list.get(i), field));
        }
      } else {
        object.set(field.getJsonName(), number(value, field));
      }
    }
  }

  private static JsonNode number(JsonNode value, FieldDescriptor field) {
    if (field.getJavaType() == JavaType.LONG && value.isTextual()) {
      return LongNode.valueOf(Long.parseLong(value.asText()));
    }
    if (field.getJavaType() == JavaType.MESSAGE && value instanceof ObjectNode object) {
      numbers(object, field.getMessageType());
    }
    return value;
  }
}
