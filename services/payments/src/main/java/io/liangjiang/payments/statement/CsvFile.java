package io.liangjiang.payments.statement;

import io.liangjiang.payments.statement.Statement.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A statement as CSV (RFC 4180) in UTF-8. The byte-order mark tells spreadsheets so, and a text
 * that a spreadsheet would compute is made a text by an apostrophe.
 */
final class CsvFile {
  static final String MEDIA_TYPE = "text/csv; charset=utf-8";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String COMPUTED = "=+-@\t\r";

  /** Columns whose values are ours, amounts among them, which may start with a minus. */
  private static final int FIRST_FOREIGN_COLUMN = 4;

  private CsvFile() {}

  static byte[] write(Statement statement) {
    var out = new StringBuilder(BYTE_ORDER_MARK);
    try (CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
      csv.printRecord(statement.title());
      for (Fact fact : statement.facts()) {
        csv.printRecord(fact.name(), fact.isForeign() ? harmless(fact.value()) : fact.value());
      }
      csv.println();
      csv.printRecord(statement.columns());
      for (List<String> line : statement.lines()) {
        csv.printRecord(harmless(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> harmless(List<String> line) {
    var values = new java.util.ArrayList<>(line);
    for (int i = FIRST_FOREIGN_COLUMN; i < values.size(); i++) {
      values.set(i, harmless(values.get(i)));
    }
    return values;
  }

  private static String harmless(String value) {
    return !value.isEmpty() && COMPUTED.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
