package io.liangjiang.identity.masterkey;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table with sealed columns, and a column master_key_id that says under which key they are.
 *
 * @param name of the table
 * @param ids columns of the primary key
 * @param sealed the columns that hold ciphertext
 */
record SealedTable(String name, List<Id> ids, List<Column> sealed) {
  /**
   * A column of the primary key.
   *
   * @param type its type in SQL
   * @param least a value below all there are
   */
  record Id(String name, String type, String least) {
    static Id uuid(String name) {
      return new Id(name, "uuid", "00000000-0000-0000-0000-000000000000");
    }

    static Id text(String name) {
      return new Id(name, "text", "");
    }

    static Id number(String name) {
      return new Id(name, "integer", "-1");
    }
  }

  /**
   * A column of ciphertext.
   *
   * @param place what its values are bound to, before the row's ids
   */
  record Column(String name, String place) {}

  /** Ids below those of all rows. */
  List<String> least() {
    return ids.stream().map(Id::least).toList();
  }

  /** Rows under other keys; $1 the keys' ids, $2 how many, then the ids after which they come. */
  String select() {
    String keys = ids.stream().map(Id::name).collect(Collectors.joining(", "));
    String texts =
        ids.stream()
            .map(id -> id.name() + "::text as id_" + ids.indexOf(id))
            .collect(Collectors.joining(", "));
    String columns = sealed.stream().map(Column::name).collect(Collectors.joining(", "));
    return """
    select %s, master_key_id, %s from %s
    where master_key_id = any ($1) and (%s) > (%s) order by %s limit $2
    for no key update skip locked
    """
        .formatted(texts, columns, name, keys, parameters(3), keys);
  }

  /** Puts a row under a key; $1 the key's id, then the row's ids, then the columns. */
  String update() {
    int first = 2 + ids.size();
    String columns =
        IntStream.range(0, sealed.size())
            .mapToObj(i -> sealed.get(i).name() + " = $" + (first + i))
            .collect(Collectors.joining(", "));
    String keys = ids.stream().map(Id::name).collect(Collectors.joining(", "));
    return "update %s set master_key_id = $1, %s where (%s) = (%s)"
        .formatted(name, columns, keys, parameters(2));
  }

  /** How many rows there are, are left, cannot be opened; $1 the key's id, $2 the others'. */
  String count() {
    return """
    select count(*), count(*) filter (where master_key_id = any ($2)),
      count(*) filter (where master_key_id <> $1 and not master_key_id = any ($2))
    from %s
    """
        .formatted(name);
  }

  private String parameters(int first) {
    return IntStream.range(0, ids.size())
        .mapToObj(i -> "($" + (first + i) + "::text)::" + ids.get(i).type())
        .collect(Collectors.joining(", "));
  }
}
