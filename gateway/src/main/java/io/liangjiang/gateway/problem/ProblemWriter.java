package io.liangjiang.gateway.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.liangjiang.platform.errors.ServiceException.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes problems as JSON. */
public final class ProblemWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private ProblemWriter() {}

  /** The problem as application/problem+json; {@code instance} is the request id. */
  public static byte[] write(Problem problem, String instance) {
    var out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", problem.type());
      json.writeStringField("title", problem.title());
      json.writeNumberField("status", problem.status());
      json.writeStringField("detail", problem.detail());
      json.writeStringField("instance", instance);
      json.writeStringField("reason", problem.reason());
      writeMetadata(json, problem.metadata());
      json.writeArrayFieldStart("violations");
      for (Violation violation : problem.violations()) {
        json.writeStartObject();
        json.writeStringField("field", violation.field());
        json.writeStringField("description", violation.description());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return out.toByteArray();
  }

  private static void writeMetadata(JsonGenerator json, Map<String, String> metadata)
      throws IOException {
    json.writeObjectFieldStart("metadata");
    for (var entry : metadata.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
