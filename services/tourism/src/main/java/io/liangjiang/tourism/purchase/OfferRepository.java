package io.liangjiang.tourism.purchase;

import io.liangjiang.tourism.slot.TimeSlotRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** SQL of what can be bought. */
final class OfferRepository {
  private static final String OFFERS =
      """
      select s.*, site.operator_organisation_id, pp.rider_category, pp.amount_minor
      from time_slot s
      join site on site.site_id = s.site_id
      left join product_price pp on pp.product_id = s.product_id
      where s.time_slot_id = any($1)
      """;

  private OfferRepository() {}

  /** The offers of slots; ids that name no slot are left out. */
  static Uni<Map<UUID, Offer>> of(SqlClient client, Collection<UUID> timeSlotIds) {
    return client
        .preparedQuery(OFFERS)
        .execute(Tuple.of((Object) timeSlotIds.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Offer> offers = new HashMap<>();
              rows.forEach(row -> add(offers, row));
              return offers;
            });
  }

  private static void add(Map<UUID, Offer> offers, Row row) {
    var offer =
        offers.computeIfAbsent(
            row.getUUID("time_slot_id"),
            id ->
                new Offer(
                    TimeSlotRepository.slot(row),
                    row.getString("operator_organisation_id"),
                    new HashMap<>()));
    String category = row.getString("rider_category");
    if (category != null) {
      offer.amountMinorByCategory().put(category, row.getLong("amount_minor"));
    }
  }
}
