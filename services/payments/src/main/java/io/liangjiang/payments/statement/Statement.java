package io.liangjiang.payments.statement;

import java.time.Instant;
import java.util.List;

/**
 * What a statement says, however it is written.
 *
 * @param name of the file, without its ending
 * @param title what it is, for people
 * @param facts names and values above the lines: whose it is, from when to when, balances
 * @param columns names of the columns
 * @param lines as many values each as there are columns
 */
record Statement(
    String name,
    String title,
    List<Fact> facts,
    List<String> columns,
    List<List<String>> lines,
    Instant time) {

  /**
   * A name and its value.
   *
   * @param isForeign whether others have written the value
   */
  record Fact(String name, String value, boolean isForeign) {
    Fact(String name, String value) {
      this(name, value, false);
    }
  }
}
