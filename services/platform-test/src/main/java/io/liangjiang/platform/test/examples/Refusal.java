package io.liangjiang.platform.test.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.liangjiang.platform.test.TestCalls;
import java.util.List;
import java.util.TreeMap;

/**
 * A refusal as examples have it: {@code code}, {@code reason}, and where there are some {@code
 * metadata} and the fields of {@code violations}. Its words are for people and may change.
 */
final class Refusal {
  private Refusal() {}

  static JsonNode json(StatusRuntimeException refusal, Samples samples) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("code", refusal.getStatus().getCode().name());
    json.put("reason", TestCalls.reason(refusal));
    var metadata = new TreeMap<>(TestCalls.errorInfo(refusal).getMetadataMap());
    if (!metadata.isEmpty()) {
      ObjectNode texts = json.putObject("metadata");
      metadata.forEach((key, value) -> texts.put(key, samples.sample(value)));
    }
    var status = StatusProto.fromThrowable(refusal);
    for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        var fields = json.putArray("violations");
        unpack(detail).getFieldViolationsList().forEach(each -> fields.add(each.getField()));
      }
    }
    return json;
  }

  /** Metadata that the exchange lets vary is as in the example, if it is there at all. */
  static void takeVarying(JsonNode actual, Exchange exchange) {
    JsonNode example = exchange.error();
    if (example == null || !(actual.get("metadata") instanceof ObjectNode metadata)) {
      return;
    }
    for (String name : exchange.varies()) {
      if (metadata.has(name) && example.path("metadata").has(name)) {
        metadata.set(name, example.path("metadata").get(name));
      }
    }
  }

  private static BadRequest unpack(Any detail) {
    try {
      return detail.unpack(BadRequest.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
