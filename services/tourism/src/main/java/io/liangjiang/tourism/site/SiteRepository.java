package io.liangjiang.tourism.site;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** SQL of sites and what belongs to them. */
final class SiteRepository {
  private static final String AFTER =
      "select * from site where position > $1 order by position limit $2";
  private static final String BY_ID = "select * from site where site_id = $1";
  private static final String GATES =
      "select site_id, gate_id, display_name from gate where site_id = any($1) order by gate_id";
  private static final String PRODUCTS =
      """
      select p.product_id, p.site_id, p.display_name, p.display_name_en,
             pp.rider_category, pp.amount_minor
      from product p left join product_price pp using (product_id)
      where p.site_id = any($1)
      order by p.site_id, p.position, pp.amount_minor desc, pp.rider_category
      """;
  private static final String INSIDE =
      """
      select c.site_id, count(*) as visitors
      from check_in c join site s using (site_id)
      where c.site_id = any($1)
        and c.redeem_time > $2::timestamptz - make_interval(mins => s.stay_minutes)
      group by c.site_id
      """;

  private SiteRepository() {}

  static Uni<List<Site.Facts>> after(SqlClient client, long position, int limit) {
    return client
        .preparedQuery(AFTER)
        .execute(Tuple.of((int) position, limit))
        .map(rows -> rows.stream().map(SiteRepository::facts).toList());
  }

  static Uni<Optional<Site.Facts>> find(SqlClient client, String siteId) {
    return client
        .preparedQuery(BY_ID)
        .execute(Tuple.of(siteId))
        .map(rows -> rows.stream().map(SiteRepository::facts).findFirst());
  }

  static Uni<Map<String, List<Site.Gate>>> gates(SqlClient client, List<String> siteIds) {
    return client
        .preparedQuery(GATES)
        .execute(ids(siteIds))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.getString("site_id"),
                            Collectors.mapping(SiteRepository::gate, Collectors.toList()))));
  }

  static Uni<Map<String, List<Site.Product>>> products(SqlClient client, List<String> siteIds) {
    return client
        .preparedQuery(PRODUCTS)
        .execute(ids(siteIds))
        .map(
            rows -> {
              Map<String, Site.Product> byId = new LinkedHashMap<>();
              rows.forEach(row -> addPrice(byId, row));
              return byId.values().stream().collect(Collectors.groupingBy(Site.Product::siteId));
            });
  }

  /**
   * How many entered so lately that they are taken to be inside; sites without anybody are left
   * out.
   */
  static Uni<Map<String, Long>> visitorsInside(
      SqlClient client, List<String> siteIds, Instant now) {
    return client
        .preparedQuery(INSIDE)
        .execute(Tuple.of(siteIds.toArray(String[]::new), database(now)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> row.getString("site_id"), row -> row.getLong("visitors"))));
  }

  private static void addPrice(Map<String, Site.Product> byId, Row row) {
    var product =
        byId.computeIfAbsent(
            row.getString("product_id"),
            id ->
                new Site.Product(
                    id,
                    row.getString("site_id"),
                    row.getString("display_name"),
                    row.getString("display_name_en"),
                    new ArrayList<>()));
    String category = row.getString("rider_category");
    if (category != null) {
      product.prices().add(new Site.Price(category, row.getLong("amount_minor")));
    }
  }

  private static Tuple ids(List<String> siteIds) {
    return Tuple.of((Object) siteIds.toArray(String[]::new));
  }

  private static Site.Gate gate(Row row) {
    return new Site.Gate(row.getString("gate_id"), row.getString("display_name"));
  }

  private static Site.Facts facts(Row row) {
    return new Site.Facts(
        row.getString("site_id"),
        row.getInteger("position"),
        row.getString("display_name"),
        row.getString("display_name_en"),
        row.getString("district"),
        row.getString("operator_organisation_id"),
        row.getInteger("daily_capacity"),
        row.getInteger("instantaneous_capacity"));
  }
}
