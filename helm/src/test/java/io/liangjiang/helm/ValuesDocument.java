package io.liangjiang.helm;

import com.google.gson.GsonBuilder;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The commented values, read as what they are: the only description of what an operator may set.
 * Schema and table are made of it.
 */
final class ValuesDocument {
  private final MappingNode root;

  private ValuesDocument(MappingNode root) {
    this.root = root;
  }

  static ValuesDocument parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    return new ValuesDocument((MappingNode) new Yaml(options).compose(new StringReader(yaml)));
  }

  /** What stands above a key: sentences, and lines with @ that narrow the schema. */
  private record Comment(String text, Map<String, String> narrowings) {
    static Comment of(NodeTuple tuple) {
      List<CommentLine> lines = new ArrayList<>();
      List<CommentLine> above = tuple.getKeyNode().getBlockComments();
      for (CommentLine line : above == null ? List.<CommentLine>of() : above) {
        if (line.getCommentType() == CommentType.BLANK_LINE) {
          lines.clear();
        } else {
          lines.add(line);
        }
      }
      List<String> sentences = new ArrayList<>();
      Map<String, String> narrowings = new LinkedHashMap<>();
      for (CommentLine line : lines) {
        String text = line.getValue().strip();
        if (text.startsWith("@")) {
          int space = text.indexOf(' ');
          narrowings.put(
              text.substring(1, space < 0 ? text.length() : space),
              space < 0 ? "" : text.substring(space + 1));
        } else {
          sentences.add(text);
        }
      }
      return new Comment(String.join(" ", sentences), narrowings);
    }
  }

  private static String key(NodeTuple tuple) {
    return ((ScalarNode) tuple.getKeyNode()).getValue();
  }

  /** JSON Schema of the values; nothing that is not described may be set. */
  String schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Values of the chart liangjiang");
    schema.put("$comment", "Generated from values.yaml by make chart");
    Map<String, Object> definitions = new LinkedHashMap<>();
    schema.putAll(object(root, definitions));
    schema.put("definitions", definitions);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(schema)
        + "\n";
  }

  private Map<String, Object> object(MappingNode node, Map<String, Object> definitions) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Comment comment = Comment.of(tuple);
      Map<String, Object> property = new LinkedHashMap<>();
      if (!comment.text().isEmpty()) {
        property.put("description", comment.text());
      }
      String same = comment.narrowings().get("same");
      if (same == null) {
        property.putAll(type(tuple.getValueNode(), comment.narrowings(), definitions));
      } else {
        definitions.computeIfAbsent(same, name -> object(section(name), definitions));
        property.put("allOf", List.of(Map.of("$ref", "#/definitions/" + same)));
      }
      properties.put(key(tuple), property);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }

  private MappingNode section(String name) {
    return root.getValue().stream()
        .filter(tuple -> key(tuple).equals(name))
        .map(tuple -> (MappingNode) tuple.getValueNode())
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Object> type(
      Node node, Map<String, String> narrowings, Map<String, Object> definitions) {
    if (narrowings.containsKey("map")) {
      return map(node, narrowings);
    }
    if (narrowings.containsKey("list")) {
      return ordered("array", "items", Forms.schema(narrowings.get("list")));
    }
    if (narrowings.containsKey("free")) {
      return narrowings.get("free").equals("list")
          ? ordered("array", "items", Map.of("type", "object"))
          : Map.of("type", "object");
    }
    if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
      return object(mapping, definitions);
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, narrowings);
    }
    throw new IllegalArgumentException("say @map, @list or @free" + node.getStartMark());
  }

  /**
   * Helm's message about a key that is not there names the map, which one about a bad name lacks.
   */
  private static Map<String, Object> map(Node node, Map<String, String> narrowings) {
    Map<String, Object> value = Forms.schema(narrowings.get("map"));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    if (narrowings.containsKey("keys")) {
      Map<String, Object> properties = new LinkedHashMap<>();
      List.of(narrowings.get("keys").split(" ")).forEach(key -> properties.put(key, value));
      schema.put("properties", properties);
    } else if (narrowings.containsKey("names")) {
      Object pattern = Forms.schema(narrowings.get("names")).get("pattern");
      schema.put("patternProperties", Map.of(String.valueOf(pattern), value));
    } else {
      throw new IllegalArgumentException("say @keys or @names" + node.getStartMark());
    }
    return schema;
  }

  private static Map<String, Object> ordered(
      String type, String content, Map<String, Object> contentSchema) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    schema.put(content, contentSchema);
    return schema;
  }

  private static Map<String, Object> scalar(ScalarNode node, Map<String, String> narrowings) {
    Map<String, Object> type = new LinkedHashMap<>();
    if (node.getTag().equals(Tag.BOOL)) {
      type.put("type", "boolean");
    } else if (node.getTag().equals(Tag.INT)) {
      type.put("type", "integer");
    } else {
      type.put("type", "string");
    }
    narrowings.forEach(
        (name, value) -> {
          switch (name) {
            case "enum" -> type.put("enum", List.of(value.split(" ")));
            case "pattern" -> type.put("pattern", value);
            case "form" ->
                type.putAll(node.getValue().isEmpty() ? Forms.orEmpty(value) : Forms.schema(value));
            case "min" -> type.put("minimum", Integer.valueOf(value));
            case "max" -> type.put("maximum", Integer.valueOf(value));
            default -> throw new IllegalArgumentException("unknown: @" + name);
          }
        });
    if (type.get("type").equals("string") && narrowings.isEmpty()) {
      throw new IllegalArgumentException("say @enum, @pattern or @form" + node.getStartMark());
    }
    return type;
  }

  /** A Markdown table of every value, its default and its meaning. */
  String table() {
    List<String> rows = new ArrayList<>();
    rows.add("| value | default | meaning |");
    rows.add("|---|---|---|");
    rows("", root, rows);
    return String.join("\n", rows) + "\n";
  }

  /** Values that nobody described. */
  List<String> undescribed() {
    List<String> rows = new ArrayList<>();
    rows("", root, rows);
    return rows.stream().filter(row -> row.endsWith("|  |")).toList();
  }

  private static void rows(String path, MappingNode node, List<String> rows) {
    for (NodeTuple tuple : node.getValue()) {
      Comment comment = Comment.of(tuple);
      String name = path.isEmpty() ? key(tuple) : path + "." + key(tuple);
      boolean isWhole =
          List.of("map", "list", "free", "same").stream()
              .anyMatch(comment.narrowings()::containsKey);
      if (!isWhole
          && tuple.getValueNode() instanceof MappingNode mapping
          && !mapping.getValue().isEmpty()) {
        if (!comment.text().isEmpty()) {
          rows.add("| **`%s`** | | %s |".formatted(name, comment.text()));
        }
        rows(name, mapping, rows);
      } else {
        rows.add(
            "| `%s` | `%s` | %s |"
                .formatted(name, flow(tuple.getValueNode()), meaning(comment).replace("|", "\\|")));
      }
    }
  }

  private static String meaning(Comment comment) {
    String closed = comment.narrowings().get("enum");
    String keys = comment.narrowings().get("keys");
    return comment.text()
        + (closed == null ? "" : " One of `" + closed.replace(" ", "`, `") + "`.")
        + (keys == null ? "" : " Keys: `" + keys.replace(" ", "`, `") + "`.");
  }

  private static String flow(Node node) {
    return switch (node) {
      case ScalarNode scalar ->
          scalar.getTag().equals(Tag.STR) && scalar.getValue().isEmpty()
              ? "\"\""
              : scalar.getValue();
      case SequenceNode sequence ->
          "["
              + String.join(", ", sequence.getValue().stream().map(ValuesDocument::flow).toList())
              + "]";
      case MappingNode mapping ->
          "{"
              + String.join(
                  ", ",
                  mapping.getValue().stream()
                      .map(tuple -> key(tuple) + ": " + flow(tuple.getValueNode()))
                      .toList())
              + "}";
      default -> throw new IllegalArgumentException(node.toString());
    };
  }
}
