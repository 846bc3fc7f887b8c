package io.liangjiang.cityctl.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Shows answers: to people as a table, to programs as the JSON that the gateway sent. */
public final class Sheet {
  /** How to show them. */
  public enum Form {
    /** A line each. */
    TABLE,
    /** As they came. */
    JSON
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GAP = "  ";

  private final PrintWriter out;
  private final Form form;

  Sheet(PrintWriter out, Form form) {
    this.out = out;
    this.form = form;
  }

  /**
   * Shows a list.
   *
   * @param pointers of the columns, for example {@code /bills/0/state}
   */
  public void list(List<JsonNode> rows, String... pointers) {
    if (form == Form.JSON) {
      json(rows);
      return;
    }
    var lines = new ArrayList<List<String>>();
    lines.add(List.of(pointers).stream().map(Sheet::heading).toList());
    for (JsonNode row : rows) {
      lines.add(List.of(pointers).stream().map(pointer -> text(row.at(pointer))).toList());
    }
    int[] widths =
        IntStream.range(0, pointers.length)
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    lines.forEach(line -> out.println(joined(line, widths)));
  }

  /** Shows one thing, all of it. */
  public void one(JsonNode thing) {
    if (form == Form.JSON) {
      json(thing);
      return;
    }
    thing
        .properties()
        .forEach(field -> out.println(field.getKey() + ": " + text(field.getValue())));
  }

  /** Says something to people; programs read the rest. */
  public void say(String sentence) {
    if (form == Form.TABLE) {
      out.println(sentence);
    }
  }

  private void json(Object value) {
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String heading(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText("") : value.isMissingNode() ? "" : value.toString();
  }

  private static String joined(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
