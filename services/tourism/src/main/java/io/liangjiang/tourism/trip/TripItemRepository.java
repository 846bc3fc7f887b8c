package io.liangjiang.tourism.trip;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.liangjiang.tourism.slot.TimeSlotRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** SQL of what a trip consists of. */
final class TripItemRepository {
  /** The index that allows one live ticket a document and time slot. */
  static final String ONE_DOCUMENT = "trip_item_one_document";

  private static final String OF_TRIPS =
      """
      select i.trip_id, i.position, i.rider_category, i.amount_minor, i.masked_name, i.dependant_id,
             p.display_name, s.*
      from trip_item i
      join time_slot s on s.time_slot_id = i.time_slot_id
      join product p on p.product_id = s.product_id
      where i.trip_id = any($1)
      order by i.trip_id, i.position
      """;
  private static final String INSERT_TRIP =
      """
      insert into trip (trip_id, citizen_id, state, merchant_id, total_minor,
        hold_expire_time, create_time, next_attempt_time, booked_by, payer_id)
      values ($1, $2, 'PENDING_ORDER', $3, $4, $5, $6, $7, $8, $9)
      """;
  private static final String INSERT_ITEMS =
      """
      insert into trip_item (trip_id, position, time_slot_id, rider_category, amount_minor,
        masked_name, sealed_holder, key_id, dependant_id, document_hash)
      select $1, position, slot, category, amount, name, sealed, $2, dependant, hash
      from unnest($3::integer[], $4::uuid[], $5::text[], $6::bigint[], $7::text[],
        $8::bytea[], $9::uuid[], $10::bytea[])
        as i (position, slot, category, amount, name, sealed, dependant, hash)
      """;

  private TripItemRepository() {}

  static Uni<Map<UUID, List<Trip.Item>>> ofTrips(SqlClient client, Collection<UUID> tripIds) {
    return client
        .preparedQuery(OF_TRIPS)
        .execute(Tuple.of((Object) tripIds.toArray(UUID[]::new)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.getUUID("trip_id"),
                            Collectors.mapping(TripItemRepository::item, Collectors.toList()))));
  }

  static Uni<Void> insert(SqlConnection tx, NewTrip trip) {
    return tx.preparedQuery(INSERT_TRIP)
        .execute(
            Tuple.from(
                List.of(
                    trip.tripId(),
                    trip.citizenId(),
                    trip.merchantId(),
                    trip.totalMinor(),
                    database(trip.holdExpires()),
                    database(trip.created()),
                    database(trip.nextAttempt()),
                    trip.bookedBy(),
                    trip.payerId())))
        .chain(() -> insertItems(tx, trip))
        .replaceWithVoid();
  }

  /**
   * In the order of the unique index, so that two trips of the same family wait instead of
   * deadlocking.
   */
  private static Uni<Void> insertItems(SqlConnection tx, NewTrip trip) {
    var items =
        trip.items().stream()
            .sorted(
                Comparator.comparing((NewTrip.Item item) -> item.slot().timeSlotId())
                    .thenComparing(item -> item.holder().documentHash(), Arrays::compare))
            .toList();
    return tx.preparedQuery(INSERT_ITEMS)
        .execute(
            Tuple.from(
                Arrays.<Object>asList(
                    trip.tripId(),
                    trip.keyId(),
                    column(items, NewTrip.Item::position, new Integer[0]),
                    column(items, item -> item.slot().timeSlotId(), new UUID[0]),
                    column(items, NewTrip.Item::riderCategory, new String[0]),
                    column(items, NewTrip.Item::amountMinor, new Long[0]),
                    column(items, item -> item.holder().maskedName(), new String[0]),
                    column(items, item -> Buffer.buffer(item.holder().sealed()), new Buffer[0]),
                    items.stream().map(item -> item.holder().dependantId()).toArray(UUID[]::new),
                    column(
                        items,
                        item -> Buffer.buffer(item.holder().documentHash()),
                        new Buffer[0]))))
        .replaceWithVoid();
  }

  private static <T> T[] column(
      List<NewTrip.Item> items, Function<NewTrip.Item, T> value, T[] type) {
    return items.stream().map(value).toList().toArray(type);
  }

  private static Trip.Item item(Row row) {
    return new Trip.Item(
        row.getInteger("position"),
        TimeSlotRepository.slot(row),
        row.getString("display_name"),
        row.getString("rider_category"),
        row.getLong("amount_minor"),
        row.getString("masked_name"),
        row.getUUID("dependant_id"));
  }
}
