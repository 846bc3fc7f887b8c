package io.liangjiang.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.liangjiang.gateway.json.MessagePlan.FieldPlan;
import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from JSON, strictly: every fault is named by the path of its field. Names are
 * those that the writer writes. Safe for use by many threads.
 */
public final class JsonReader {
  /** How deep objects and lists may be nested. */
  public static final int MAX_DEPTH = 32;

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int KEY = 1;
  private static final int MAP_VALUE = 2;
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final MessagePlan.Cache plans = new MessagePlan.Cache();

  /**
   * Fills the builder. Values that a field cannot hold and fields that are not there are noted as
   * faults. Errors: MALFORMED_JSON when the text is not one JSON object.
   */
  public void read(byte[] json, Message.Builder into, Faults faults) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("the body must be a JSON object");
      }
      readMessage(parser, into, new Reading(faults, ""));
      if (parser.nextToken() != null) {
        throw malformed("something follows the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw malformed(where(e));
    } catch (IOException e) {
      throw malformed("the body is not UTF-8");
    }
  }

  /** Where the reading is: the path of the message that is read. */
  private record Reading(Faults faults, String path) {
    String pathOf(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }

  private static ServiceException malformed(String message) {
    return new ServiceException(GatewayReason.MALFORMED_JSON, message);
  }

  private static String where(JsonProcessingException e) {
    var location = e.getLocation();
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return "the body is not well-formed JSON of at most " + MAX_DEPTH + " levels" + where;
  }

  private void readMessage(JsonParser json, Message.Builder into, Reading at) throws IOException {
    MessagePlan plan = plans.of(into.getDescriptorForType());
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      FieldPlan field = plan.find(name);
      JsonToken token = json.nextToken();
      if (field == null) {
        at.faults.addUnknown(at.pathOf(name));
        json.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        readField(json, field, into, new Reading(at.faults, at.pathOf(name)));
      }
    }
  }

  private void readField(JsonParser json, FieldPlan plan, Message.Builder into, Reading at)
      throws IOException {
    FieldDescriptor field = plan.field();
    var oneof = field.getRealContainingOneof();
    if (oneof != null && into.hasOneof(oneof)) {
      at.faults.add(at.path, "excludes another field that is there");
      json.skipChildren();
    } else if (field.isMapField()) {
      readMap(json, field, into, at);
    } else if (field.isRepeated()) {
      readList(json, plan, into, at);
    } else {
      Object value = readValue(json, plan, into, at);
      if (value != null) {
        into.setField(field, value);
      }
    }
  }

  private void readList(JsonParser json, FieldPlan plan, Message.Builder into, Reading at)
      throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      at.faults.add(at.path, "must be a list");
      json.skipChildren();
      return;
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      Object value = readValue(json, plan, into, new Reading(at.faults, at.path + "[" + i + "]"));
      if (value != null) {
        into.addRepeatedField(plan.field(), value);
      }
    }
  }

  private void readMap(JsonParser json, FieldDescriptor map, Message.Builder into, Reading at)
      throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      at.faults.add(at.path, Scalars.expectation(map));
      json.skipChildren();
      return;
    }
    FieldDescriptor keyField = map.getMessageType().findFieldByNumber(KEY);
    FieldPlan valuePlan = FieldPlan.of(map.getMessageType().findFieldByNumber(MAP_VALUE));
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Reading entryAt = new Reading(at.faults, at.pathOf(json.currentName()));
      Object key = Scalars.ofText(keyField, json.currentName());
      if (key == null) {
        at.faults.add(entryAt.path, "the key " + Scalars.expectation(keyField));
      }
      json.nextToken();
      Message.Builder entry = into.newBuilderForField(map);
      Object value = readValue(json, valuePlan, entry, entryAt);
      if (key != null && value != null) {
        entry.setField(keyField, key).setField(valuePlan.field(), value);
        into.addRepeatedField(map, entry.build());
      }
    }
  }

  /** One value, with the parser on its first token; null when it was noted as a fault. */
  private @Nullable Object readValue(
      JsonParser json, FieldPlan plan, Message.Builder owner, Reading at) throws IOException {
    FieldDescriptor field = plan.field();
    if (plan.kind() == ValueKind.MESSAGE && json.isExpectedStartObjectToken()) {
      Message.Builder message = owner.newBuilderForField(field);
      readMessage(json, message, at);
      return message.build();
    }
    boolean ofMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    Object value =
        ofMessage ? readWellKnown(json, plan, owner) : readScalar(json, field, plan.kind());
    if (value == null) {
      at.faults.add(at.path, Scalars.expectation(field));
      json.skipChildren();
    }
    return value;
  }

  private static @Nullable Message readWellKnown(
      JsonParser json, FieldPlan plan, Message.Builder owner) throws IOException {
    if (plan.kind() == ValueKind.MESSAGE) {
      return null; // an object was asked for, and there is none
    }
    Message.Builder message = owner.newBuilderForField(plan.field());
    if (plan.kind() == ValueKind.WRAPPER) {
      FieldDescriptor inner = message.getDescriptorForType().findFieldByNumber(KEY);
      Object value = readScalar(json, inner, ValueKind.of(inner));
      return value == null ? null : message.setField(inner, value).build();
    }
    boolean read =
        json.currentToken() == JsonToken.VALUE_STRING
            && WellKnownTypes.read(plan.kind(), json.getText(), message);
    return read ? message.build() : null;
  }

  private static @Nullable Object readScalar(JsonParser json, FieldDescriptor field, ValueKind kind)
      throws IOException {
    JsonToken token = json.currentToken();
    boolean fits =
        switch (kind) {
          case BOOL -> token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
          case STRING, BYTES -> token == JsonToken.VALUE_STRING;
          case ENUM -> token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
          default -> token == JsonToken.VALUE_STRING || token.isNumeric();
        };
    return fits ? Scalars.ofText(field, json.getText()) : null;
  }
}
