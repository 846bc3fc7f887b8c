package io.liangjiang.transit.fare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a feed file (RFC 4180 without line breaks inside values), which knows where it stands
 * for messages.
 *
 * @param place file and row
 * @param valueByColumn values by column name
 */
record CsvRow(String place, Map<String, String> valueByColumn) {

  static CsvRow of(String file, int number, List<String> header, String text) {
    String place = file + ", row " + number;
    List<String> values = split(text);
    if (values.size() != header.size()) {
      throw new IllegalArgumentException(place + " has not as many values as the header");
    }
    Map<String, String> valueByColumn = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      valueByColumn.put(header.get(i), values.get(i));
    }
    return new CsvRow(place, valueByColumn);
  }

  static List<String> split(String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        value.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else if (c != '\ufeff') {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
  }

  String get(String column) {
    String value = valueByColumn.get(column);
    if (value == null) {
      throw wrong(column);
    }
    return value;
  }

  IllegalArgumentException wrong(String column) {
    return new IllegalArgumentException(place + ": " + column + " is missing or wrong");
  }
}
