package io.liangjiang.platform.personal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One kind of personal data. In its statements {@code $1} is the citizen's id, a uuid.
 *
 * @param name as access records name it, for example "ride"
 * @param tables where it is
 * @param query answers {@code item_key} (text, unique, in which order pages go) and {@code item}
 *     (jsonb, without the reader's secrets); empty for what only other tables explain
 * @param reader makes the exported JSON of what the query answers, for example opens what is sealed
 * @param erasures statements in their order; what they touch counts as erased
 * @param hold what is kept after them
 */
public record PersonalDataKind(
    String name,
    Set<String> tables,
    String query,
    UnaryOperator<String> reader,
    List<String> erasures,
    Optional<Hold> hold) {
  /**
   * Why records stay, under the citizen's id alone.
   *
   * @param reason which law
   * @param days from the erasure on
   */
  public record Hold(String reason, int days) {}

  /**
   * A kind that is exported as it is stored; erasing it and holding it are said with the others.
   */
  public static PersonalDataKind of(String name, String table, String query) {
    return new PersonalDataKind(
        name, Set.of(table), query, UnaryOperator.identity(), List.of(), Optional.empty());
  }

  /** The same kind, also in another table. */
  public PersonalDataKind alsoIn(String table) {
    var all = new HashSet<>(tables);
    all.add(table);
    return new PersonalDataKind(name, Set.copyOf(all), query, reader, erasures, hold);
  }

  /** The same kind, read by the function. */
  public PersonalDataKind readBy(UnaryOperator<String> function) {
    return new PersonalDataKind(name, tables, query, function, erasures, hold);
  }

  /** The same kind, erased by the statements. */
  public PersonalDataKind erasedBy(String... statements) {
    return new PersonalDataKind(name, tables, query, reader, List.of(statements), hold);
  }

  /** The same kind, of which records stay. */
  public PersonalDataKind heldFor(int days, String reason) {
    return new PersonalDataKind(
        name, tables, query, reader, erasures, Optional.of(new Hold(reason, days)));
  }
}
