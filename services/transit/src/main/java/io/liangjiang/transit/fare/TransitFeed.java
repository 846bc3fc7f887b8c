package io.liangjiang.transit.fare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A transit feed as GTFS lays it out (https://gtfs.org/documentation/schedule/reference/):
 * routes.txt, networks.txt, fare_products.txt and fare_leg_rules.txt, of which the columns read
 * here suffice.
 *
 * @param lines from routes.txt and networks.txt
 * @param products from fare_products.txt, those for the city code
 * @param rules from fare_leg_rules.txt
 */
public record TransitFeed(List<Line> lines, List<FareProduct> products, List<FareLegRule> rules) {
  private static final String CITY_CODE_MEDIA = "city-code";

  /** Opens a file of the feed by name, as UTF-8. */
  public interface Files {
    BufferedReader open(String name) throws IOException;
  }

  /**
   * Reads a feed.
   *
   * @throws IllegalArgumentException when a file lacks a column or a value cannot be read
   * @throws UncheckedIOException when a file cannot be read
   */
  public static TransitFeed read(Files files) {
    Map<String, String> networkNames =
        rows(files, "networks.txt").stream()
            .collect(
                Collectors.toMap(row -> row.get("network_id"), row -> row.get("network_name")));
    List<Line> lines =
        rows(files, "routes.txt").stream().map(row -> line(row, networkNames)).toList();
    List<FareProduct> products =
        rows(files, "fare_products.txt").stream()
            .filter(row -> row.get("fare_media_id").equals(CITY_CODE_MEDIA))
            .map(TransitFeed::product)
            .toList();
    List<FareLegRule> rules =
        rows(files, "fare_leg_rules.txt").stream().map(TransitFeed::rule).toList();
    return new TransitFeed(lines, products, rules);
  }

  private static Line line(CsvRow row, Map<String, String> networkNames) {
    String networkId = row.get("network_id");
    String networkName = networkNames.get(networkId);
    if (networkName == null) {
      throw row.wrong("network_id");
    }
    return new Line(
        row.get("route_id"),
        row.get("route_short_name"),
        row.get("route_long_name"),
        networkId,
        networkName,
        row.get("agency_id"));
  }

  private static FareProduct product(CsvRow row) {
    try {
      long amountMinor = new BigDecimal(row.get("amount")).movePointRight(2).longValueExact();
      return new FareProduct(
          row.get("fare_product_id"),
          row.get("fare_product_name"),
          row.get("rider_category_id"),
          amountMinor,
          row.get("currency"));
    } catch (ArithmeticException | NumberFormatException e) {
      throw row.wrong("amount");
    }
  }

  private static FareLegRule rule(CsvRow row) {
    try {
      int priority = Integer.parseInt(row.get("rule_priority"));
      return new FareLegRule(row.get("network_id"), row.get("fare_product_id"), priority);
    } catch (NumberFormatException e) {
      throw row.wrong("rule_priority");
    }
  }

  private static List<CsvRow> rows(Files files, String name) {
    try (BufferedReader reader = files.open(name)) {
      List<String> lines = reader.lines().filter(line -> !line.isBlank()).toList();
      if (lines.isEmpty()) {
        throw new IllegalArgumentException(name + " is empty");
      }
      List<String> header = CsvRow.split(lines.getFirst());
      List<CsvRow> rows = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        rows.add(CsvRow.of(name, i + 1, header, lines.get(i)));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " of the transit feed cannot be read", e);
    }
  }
}
