package io.liangjiang.transit.fare;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lines and fares of one feed, for look-up. Immutable. A fare depends on the line and the rider
 * alone, never on the order in which taps arrive.
 */
public final class FareBook {
  /** The category every feed must price. */
  public static final String ADULT = "adult";

  private final TreeMap<String, Line> lineById;
  private final Map<String, FareLegRule> ruleByNetwork = new HashMap<>();
  private final Map<String, FareProduct> productByKey;

  /**
   * A fare book.
   *
   * @throws IllegalArgumentException when a line has no adult fare
   */
  public FareBook(
      Collection<Line> lines, Collection<FareProduct> products, Collection<FareLegRule> rules) {
    lineById =
        lines.stream()
            .collect(
                Collectors.toMap(Line::lineId, Function.identity(), (a, b) -> b, TreeMap::new));
    productByKey =
        products.stream()
            .collect(
                Collectors.toMap(
                    product -> key(product.fareProductId(), product.riderCategory()),
                    Function.identity()));
    Comparator<FareLegRule> order =
        Comparator.comparingInt(FareLegRule::rulePriority)
            .reversed()
            .thenComparing(FareLegRule::fareProductId);
    rules.stream().sorted(order).forEach(rule -> ruleByNetwork.putIfAbsent(rule.networkId(), rule));
    for (Line line : lineById.values()) {
      if (product(line, ADULT).isEmpty()) {
        throw new IllegalArgumentException("Line " + line.lineId() + " has no adult fare");
      }
    }
  }

  /** The line, if its operator runs it. */
  public Optional<Line> findLine(String lineId, String operatorId) {
    return Optional.ofNullable(lineById.get(lineId))
        .filter(line -> line.operatorId().equals(operatorId));
  }

  /** Up to {@code limit} lines whose id follows {@code lineId}, by id. */
  public List<Line> linesAfter(String lineId, int limit) {
    return lineById.tailMap(lineId, false).values().stream().limit(limit).toList();
  }

  /** What a boarding costs; the adult fare where the category has none of its own. */
  public Fare fare(Line line, String riderCategory) {
    FareProduct product = product(line, riderCategory).or(() -> product(line, ADULT)).orElseThrow();
    return new Fare(line, product, explain(line, product));
  }

  private Optional<FareProduct> product(Line line, String riderCategory) {
    FareLegRule rule = ruleByNetwork.getOrDefault(line.networkId(), ruleByNetwork.get(""));
    return Optional.ofNullable(rule)
        .map(found -> productByKey.get(key(found.fareProductId(), riderCategory)));
  }

  private static String explain(Line line, FareProduct product) {
    String boarding = "Boarding " + line.name() + " (" + line.networkName() + ") as ";
    if (product.amountMinor() == 0) {
      return boarding + product.riderCategory() + " is free (" + product.name() + ").";
    }
    BigDecimal amount = BigDecimal.valueOf(product.amountMinor(), 2);
    return boarding
        + product.riderCategory()
        + " costs the flat fare of "
        + amount.toPlainString()
        + " "
        + product.currencyCode()
        + " ("
        + product.name()
        + ").";
  }

  private static String key(String fareProductId, String riderCategory) {
    return fareProductId + "\n" + riderCategory;
  }
}
