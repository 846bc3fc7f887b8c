package io.liangjiang.identity.delegation;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The powers that there are: a domain and what may be done there, as the contracts' access option
 * ({@code acting_power}) and the claim "powers" have them.
 */
public final class Powers {
  /** All of them, in alphabetical order. */
  public static final List<String> ALL =
      List.of(
          "healthcare.book",
          "healthcare.read_records",
          "payments.pay",
          "payments.read_records",
          "tourism.book",
          "tourism.read_records",
          "transit.read_records");

  private Powers() {}

  /** Whether these are powers, at least one, none of them twice. */
  static boolean areValid(Collection<String> powers) {
    return !powers.isEmpty()
        && ALL.containsAll(powers)
        && new TreeSet<>(powers).size() == powers.size();
  }

  /** The powers in alphabetical order. */
  static List<String> sorted(Collection<String> powers) {
    return powers.stream().sorted().toList();
  }

  /** What may be done: "book", "pay" or "read_records". */
  static String deed(String power) {
    return power.substring(power.indexOf('.') + 1);
  }
}
