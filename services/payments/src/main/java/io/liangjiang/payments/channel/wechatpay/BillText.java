package io.liangjiang.payments.channel.wechatpay;

import io.liangjiang.payments.channel.BillSource.UnreadableBill;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A bill's file, cut into fields: a line of names, the details, a line of names, the totals. Every
 * value starts with a backtick, names do not.
 */
record BillText(List<Map<String, String>> details, Map<String, String> totals) {
  private static final int MAX_DETAILS = 200_000;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern BETWEEN_VALUES = Pattern.compile(",`");
  private static final Pattern BETWEEN_NAMES = Pattern.compile(",");

  /** Reads a file. Errors: UnreadableBill. */
  static BillText read(String file) {
    String text = file.startsWith(BYTE_ORDER_MARK) ? file.substring(1) : file;
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    int end = lines.size() - 2;
    if (end < 1 || lines.getFirst().startsWith("`") || lines.get(end).startsWith("`")) {
      throw new UnreadableBill("the file has no totals");
    }
    if (end - 1 > MAX_DETAILS) {
      throw new UnreadableBill("the file has more than " + MAX_DETAILS + " lines");
    }
    List<String> names = names(lines.getFirst());
    List<Map<String, String>> details = new ArrayList<>();
    for (String line : lines.subList(1, end)) {
      details.add(values(names, line));
    }
    return new BillText(details, values(names(lines.get(end)), lines.getLast()));
  }

  /** The value of a name. Errors: UnreadableBill. */
  static String value(Map<String, String> line, String name) {
    String value = line.get(name);
    if (value == null) {
      throw new UnreadableBill("the file has no column " + name);
    }
    return value;
  }

  /** Yuan as whole fen. Errors: UnreadableBill. */
  static long fen(Map<String, String> line, String name) {
    String value = value(line, name);
    try {
      return value.isEmpty() ? 0 : new BigDecimal(value).movePointRight(2).longValueExact();
    } catch (NumberFormatException e) {
      throw new UnreadableBill(name + " is no amount");
    } catch (ArithmeticException e) {
      throw new UnreadableBill(name + " is no whole number of fen");
    }
  }

  private static List<String> names(String line) {
    return BETWEEN_NAMES.splitAsStream(line).map(String::strip).toList();
  }

  private static Map<String, String> values(List<String> names, String line) {
    if (!line.startsWith("`")) {
      throw new UnreadableBill("a line does not start with a backtick");
    }
    String[] values = BETWEEN_VALUES.split(line.substring(1), -1);
    if (values.length != names.size()) {
      throw new UnreadableBill(
          "a line has " + values.length + " values for " + names.size() + " names");
    }
    Map<String, String> fields = HashMap.newHashMap(values.length);
    for (int i = 0; i < values.length; i++) {
      fields.put(names.get(i), values[i].strip());
    }
    return fields;
  }
}
