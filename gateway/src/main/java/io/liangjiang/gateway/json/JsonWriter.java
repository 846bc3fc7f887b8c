package io.liangjiang.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.liangjiang.gateway.json.MessagePlan.FieldPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes messages as JSON: names in lowerCamelCase, enums by name, int64 as a number inside
 * ±(2^53-1) and as a string outside, zero values written, unset messages and unset optional fields
 * left out. Safe for use by many threads.
 */
public final class JsonWriter {
  private static final int USUAL_SIZE = 512;
  private static final int VALUE = 1;
  private static final int KEY = 1;
  private static final int MAP_VALUE = 2;
  private static final JsonFactory JSON = new JsonFactory();

  private final MessagePlan.Cache plans = new MessagePlan.Cache();

  /** The message in UTF-8. */
  public byte[] write(Message message) {
    var out = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      writeMessage(json, message);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return out.toByteArray();
  }

  private void writeMessage(JsonGenerator json, Message message) throws IOException {
    json.writeStartObject();
    for (FieldPlan plan : plans.of(message.getDescriptorForType()).fields()) {
      FieldDescriptor field = plan.field();
      if (plan.omittedWhenUnset() && !message.hasField(field)) {
        continue;
      }
      json.writeFieldName(plan.name());
      Object value = message.getField(field);
      if (field.isMapField()) {
        writeMap(json, (List<?>) value);
      } else if (field.isRepeated()) {
        writeList(json, plan.kind(), (List<?>) value);
      } else {
        writeValue(json, plan.kind(), value);
      }
    }
    json.writeEndObject();
  }

  private void writeList(JsonGenerator json, ValueKind kind, List<?> values) throws IOException {
    json.writeStartArray();
    for (Object value : values) {
      writeValue(json, kind, value);
    }
    json.writeEndArray();
  }

  private void writeMap(JsonGenerator json, List<?> entries) throws IOException {
    json.writeStartObject();
    for (Object element : entries) {
      Message entry = (Message) element;
      var type = entry.getDescriptorForType();
      FieldDescriptor key = type.findFieldByNumber(KEY);
      json.writeFieldName(keyText(ValueKind.of(key), entry.getField(key)));
      FieldDescriptor value = type.findFieldByNumber(MAP_VALUE);
      writeValue(json, ValueKind.of(value), entry.getField(value));
    }
    json.writeEndObject();
  }

  private static String keyText(ValueKind kind, Object key) {
    return switch (kind) {
      case UINT32 -> Integer.toUnsignedString((Integer) key);
      case UINT64 -> Long.toUnsignedString((Long) key);
      default -> key.toString();
    };
  }

  private void writeValue(JsonGenerator json, ValueKind kind, Object value) throws IOException {
    switch (kind) {
      case BOOL -> json.writeBoolean((Boolean) value);
      case INT32 -> json.writeNumber((Integer) value);
      case UINT32 -> json.writeNumber(Integer.toUnsignedLong((Integer) value));
      case INT64 -> writeInt64(json, (Long) value);
      case UINT64 -> writeUint64(json, (Long) value);
      case FLOAT -> writeFloat(json, (Float) value);
      case DOUBLE -> writeDouble(json, (Double) value);
      case STRING -> json.writeString((String) value);
      case BYTES -> json.writeBinary(((ByteString) value).toByteArray());
      case ENUM -> writeEnum(json, (EnumValueDescriptor) value);
      case TIMESTAMP -> json.writeString(WellKnownTypes.timestampText((Message) value));
      case DURATION -> json.writeString(WellKnownTypes.durationText((Message) value));
      case WRAPPER -> writeWrapper(json, (Message) value);
      case MESSAGE -> writeMessage(json, (Message) value);
    }
  }

  private void writeWrapper(JsonGenerator json, Message wrapper) throws IOException {
    FieldDescriptor field = wrapper.getDescriptorForType().findFieldByNumber(VALUE);
    writeValue(json, ValueKind.of(field), wrapper.getField(field));
  }

  private static void writeInt64(JsonGenerator json, long value) throws IOException {
    if (SafeIntegers.isSafe(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Long.toString(value));
    }
  }

  private static void writeUint64(JsonGenerator json, long value) throws IOException {
    if (value >= 0 && SafeIntegers.isSafe(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Long.toUnsignedString(value));
    }
  }

  private static void writeFloat(JsonGenerator json, float value) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Float.toString(value));
    }
  }

  private static void writeDouble(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  /** A value that a newer service knows and this contract does not has only its number. */
  private static void writeEnum(JsonGenerator json, EnumValueDescriptor value) throws IOException {
    if (value.getIndex() < 0) {
      json.writeNumber(value.getNumber());
    } else {
      json.writeString(value.getName());
    }
  }
}
