package io.liangjiang.tourism.purchase;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who enters.
 *
 * @param document what tells the person from others: the number of the document, or the dependant's
 *     id; never stored in the clear
 * @param dependantId null for somebody with a document
 */
record Person(String name, String document, @Nullable UUID dependantId) {

  /** The name with all but its first character masked. */
  String maskedName() {
    int first = name.isEmpty() ? 0 : name.offsetByCodePoints(0, 1);
    return name.substring(0, first) + "*".repeat(name.codePointCount(first, name.length()));
  }

  /** Shows nothing of the person: it may reach a log. */
  @Override
  public String toString() {
    return "Person";
  }
}
