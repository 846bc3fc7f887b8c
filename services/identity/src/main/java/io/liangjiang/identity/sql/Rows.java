package io.liangjiang.identity.sql;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Answers of the database as the domain has them. */
public final class Rows {
  private Rows() {}

  /** The first row, if there is one. */
  public static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(reader.apply(iterator.next())) : Optional.empty();
  }

  /** All rows, in their order. */
  public static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reader) {
    return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
  }

  /** Whether there is exactly one. */
  public static boolean isOne(RowSet<Row> rows) {
    return rows.rowCount() == 1;
  }
}
