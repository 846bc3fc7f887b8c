package io.liangjiang.gateway.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes trees of maps, lists, texts, numbers and booleans as JSON and as YAML. */
final class TreeWriter {
  private static final int YAML_WIDTH = 120;

  private TreeWriter() {}

  static byte[] json(Object tree) {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      write(json, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, Object node) throws IOException {
    switch (node) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
          json.writeFieldName((String) entry.getKey());
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      default -> json.writeString(node.toString());
    }
  }

  static byte[] yaml(Object tree) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(YAML_WIDTH);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    return new Yaml(options).dump(copy(tree)).getBytes(StandardCharsets.UTF_8);
  }

  /** A tree without shared nodes, which YAML would write as anchors and aliases. */
  private static Object copy(Object node) {
    return switch (node) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, copy(value)));
        yield copy;
      }
      case List<?> list -> new ArrayList<>(list.stream().map(TreeWriter::copy).toList());
      default -> node;
    };
  }
}
