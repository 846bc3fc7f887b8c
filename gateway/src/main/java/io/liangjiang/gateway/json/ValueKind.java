package io.liangjiang.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** How one value of a field looks in JSON. */
enum ValueKind {
  BOOL,
  INT32,
  UINT32,
  INT64,
  UINT64,
  FLOAT,
  DOUBLE,
  STRING,
  BYTES,
  ENUM,
  TIMESTAMP,
  DURATION,
  WRAPPER,
  MESSAGE;

  static ValueKind of(FieldDescriptor field) {
    return switch (field.getType()) {
      case BOOL -> BOOL;
      case INT32, SINT32, SFIXED32 -> INT32;
      case UINT32, FIXED32 -> UINT32;
      case INT64, SINT64, SFIXED64 -> INT64;
      case UINT64, FIXED64 -> UINT64;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case STRING -> STRING;
      case BYTES -> BYTES;
      case ENUM -> ENUM;
      case MESSAGE, GROUP -> of(field.getMessageType());
    };
  }

  private static ValueKind of(Descriptor message) {
    return switch (message.getFullName()) {
      case "google.protobuf.Timestamp" -> TIMESTAMP;
      case "google.protobuf.Duration" -> DURATION;
      case "google.protobuf.BoolValue",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.FloatValue",
          "google.protobuf.DoubleValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue" ->
          WRAPPER;
      default -> MESSAGE;
    };
  }
}
