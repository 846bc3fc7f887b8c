package io.liangjiang.identity.masterkey;

import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.masterkey.SealedTable.Column;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Seals anew what is sealed under another key, 200 rows a transaction. What it has done is in the
 * rows, so it goes on where it was after a crash, and replicas share the work: each skips the rows
 * that another has locked. A row that cannot be opened holds up no other.
 */
@ApplicationScoped
public class MasterKeyRotation {
  static final int ROWS_AT_ONCE = 200;
  private static final Logger LOG = Logger.getLogger(MasterKeyRotation.class);

  /** How far it has come. */
  public record Progress(String keyId, List<String> otherKeyIds, List<TableProgress> tables) {}

  /** How far it has come with one table. */
  public record TableProgress(String name, long rows, long left, long unreadable) {}

  /** What one transaction did, and after which row the next one goes on. */
  record Piece(List<String> last, int looked, int sealed) {}

  /** Where a sweep is in a table. */
  private static final class Cursor {
    private List<String> after;

    Cursor(List<String> least) {
      after = least;
    }
  }

  private final Vault vault;
  private final Database database;

  MasterKeyRotation(Vault vault, Database database) {
    this.vault = vault;
    this.database = database;
  }

  @Scheduled(
      every = "${liangjiang.identity.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> run() {
    return vault.otherKeyIds().isEmpty()
        ? Uni.createFrom().voidItem()
        : sweep().invoke(MasterKeyRotation::tell).replaceWithVoid();
  }

  /** Goes through all tables once; how many rows were sealed anew. */
  Uni<Integer> sweep() {
    return Multi.createFrom()
        .iterable(SealedTables.ALL)
        .onItem()
        .transformToUniAndConcatenate(this::sweep)
        .collect()
        .with(Collectors.summingInt(rows -> rows));
  }

  /** What there is and what is left. */
  public Uni<Progress> progress() {
    return Multi.createFrom()
        .iterable(SealedTables.ALL)
        .onItem()
        .transformToUniAndConcatenate(this::progress)
        .collect()
        .asList()
        .map(tables -> new Progress(vault.keyId(), vault.otherKeyIds(), tables));
  }

  private Uni<Integer> sweep(SealedTable table) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new Cursor(table.least()), cursor -> piece(table, cursor))
        .whilst(piece -> piece.looked() == ROWS_AT_ONCE)
        .collect()
        .with(Collectors.summingInt(Piece::sealed));
  }

  private Uni<Piece> piece(SealedTable table, Cursor cursor) {
    return piece(table, cursor.after).invoke(piece -> cursor.after = piece.last());
  }

  /** Seals the next rows of a table in one transaction. */
  Uni<Piece> piece(SealedTable table, List<String> after) {
    return database.inTransaction(tx -> piece(tx, table, after));
  }

  private Uni<Piece> piece(SqlConnection tx, SealedTable table, List<String> after) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(vault.otherKeyIds().toArray(String[]::new));
    parameters.add(ROWS_AT_ONCE);
    parameters.addAll(after);
    return tx.preparedQuery(table.select())
        .execute(Tuple.from(parameters))
        .chain(rows -> write(tx, table, after, rows));
  }

  private Uni<Piece> write(
      SqlConnection tx, SealedTable table, List<String> after, RowSet<Row> found) {
    List<Row> rows = StreamSupport.stream(found.spliterator(), false).toList();
    List<Tuple> tuples =
        rows.stream().map(row -> sealedAnew(table, row)).flatMap(Optional::stream).toList();
    if (tuples.size() < rows.size()) {
      LOG.warnf("%d rows of %s cannot be opened", rows.size() - tuples.size(), table.name());
    }
    List<String> last = rows.isEmpty() ? after : ids(table, rows.getLast());
    Uni<?> written =
        tuples.isEmpty()
            ? Uni.createFrom().voidItem()
            : tx.preparedQuery(table.update()).executeBatch(tuples);
    return written.replaceWith(new Piece(last, rows.size(), tuples.size()));
  }

  private Optional<Tuple> sealedAnew(SealedTable table, Row row) {
    List<String> ids = ids(table, row);
    List<Object> values = new ArrayList<>();
    values.add(vault.keyId());
    values.addAll(ids);
    try {
      for (Column column : table.sealed()) {
        values.add(Columns.buffer(sealedAnew(column, ids, row)));
      }
    } catch (IllegalStateException e) { // changed bytes: said with the others, see write
      return Optional.empty();
    }
    return Optional.of(Tuple.from(values));
  }

  private byte[] sealedAnew(Column column, List<String> ids, Row row) {
    String place = column.place() + String.join("/", ids);
    var sealed = new Sealed(row.getString("master_key_id"), Columns.bytes(row, column.name()));
    return vault.seal(vault.open(sealed, place), place).bytes();
  }

  private static List<String> ids(SealedTable table, Row row) {
    return IntStream.range(0, table.ids().size()).mapToObj(i -> row.getString("id_" + i)).toList();
  }

  private Uni<TableProgress> progress(SealedTable table) {
    return database
        .client()
        .preparedQuery(table.count())
        .execute(Tuple.from(List.of(vault.keyId(), vault.otherKeyIds().toArray(String[]::new))))
        .map(rows -> rows.iterator().next())
        .map(
            row -> new TableProgress(table.name(), row.getLong(0), row.getLong(1), row.getLong(2)));
  }

  private static void tell(int rows) {
    if (rows > 0) {
      LOG.infof("sealed %d rows anew under the newest master key", rows);
    }
  }
}
