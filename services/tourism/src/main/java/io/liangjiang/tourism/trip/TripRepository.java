package io.liangjiang.tourism.trip;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.liangjiang.tourism.ticket.Ticket;
import io.liangjiang.tourism.ticket.TicketRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL of trips: looking up and moving on. */
public final class TripRepository {
  private static final String BY_ID = "select * from trip where trip_id = $1";
  private static final String BY_OWNER = BY_ID + " and citizen_id = $2";
  private static final String LOCK = BY_ID + " for update";
  private static final String OF_CITIZEN =
      """
      select * from trip
      where citizen_id = $1 and (create_time, trip_id) < ($2, $3)
      order by create_time desc, trip_id desc limit $4
      """;
  private static final String SET_STATE =
      "update trip set state = $2, next_attempt_time = $3 where trip_id = $1";
  private static final String SET_ORDER =
      """
      update trip
      set state = 'AWAITING_PAYMENT', payment_order_id = $2, next_attempt_time = hold_expire_time
      where trip_id = $1 and state = 'PENDING_ORDER'
      """;
  private static final String CONFIRM =
      """
      update trip set state = 'CONFIRMED', confirm_time = $2, next_attempt_time = null
      where trip_id = $1
      """;
  private static final String KNOW_ORDER =
      "update trip set payment_order_id = $2 where trip_id = $1 and payment_order_id is null";
  private static final String CLAIM_DUE =
      """
      update trip set next_attempt_time = $2
      where trip_id in (
        select trip_id from trip where next_attempt_time <= $1
        order by next_attempt_time limit $3 for update skip locked)
      returning trip_id
      """;
  private static final String DROP_ITEMS = "update trip_item set live = false where trip_id = $1";
  private static final String REVIVE_ITEMS =
      """
      update trip_item i set live = true
      where i.trip_id = $1 and not exists (
        select 1 from trip_item o
        where o.time_slot_id = i.time_slot_id and o.document_hash = i.document_hash
          and o.live and o.trip_id <> $1)
      """;

  private TripRepository() {}

  /** One trip, whoever bought it: for the service's own steps. */
  public static Uni<Optional<Trip>> find(SqlClient client, UUID tripId) {
    return first(client, BY_ID, Tuple.of(tripId));
  }

  /** One trip of a citizen. */
  public static Uni<Optional<Trip>> find(SqlClient client, UUID tripId, UUID citizenId) {
    return first(client, BY_OWNER, Tuple.of(tripId, citizenId));
  }

  /** One trip, locked for the rest of the transaction. */
  public static Uni<Optional<Trip>> lock(SqlConnection tx, UUID tripId) {
    return first(tx, LOCK, Tuple.of(tripId));
  }

  /** A citizen's trips before a moment and id, newest first. */
  public static Uni<List<Trip>> ofCitizen(
      SqlClient client, UUID citizenId, Instant before, UUID beforeId, int limit) {
    return client
        .preparedQuery(OF_CITIZEN)
        .execute(Tuple.of(citizenId, database(before), beforeId, limit))
        .chain(rows -> complete(client, rows.stream().toList()));
  }

  /** Takes at most `limit` trips that are due and puts their next turn off to `nextTurn`. */
  public static Uni<List<UUID>> claimDue(
      SqlClient client, Instant now, Instant nextTurn, int limit) {
    return client
        .preparedQuery(CLAIM_DUE)
        .execute(Tuple.of(database(now), database(nextTurn), limit))
        .map(rows -> rows.stream().map(row -> row.getUUID("trip_id")).toList());
  }

  /** The order exists: it can be paid from now on. Nothing happens to a trip that is further on. */
  public static Uni<Void> setOrder(SqlClient client, UUID tripId, String paymentOrderId) {
    return client
        .preparedQuery(SET_ORDER)
        .execute(Tuple.of(tripId, paymentOrderId))
        .replaceWithVoid();
  }

  static Uni<Void> knowOrder(SqlConnection tx, UUID tripId, String paymentOrderId) {
    return tx.preparedQuery(KNOW_ORDER).execute(Tuple.of(tripId, paymentOrderId)).replaceWithVoid();
  }

  static Uni<Void> setState(
      SqlConnection tx, UUID tripId, TripState state, @Nullable Instant nextTurn) {
    return tx.preparedQuery(SET_STATE)
        .execute(Tuple.of(tripId, state.name(), nextTurn == null ? null : database(nextTurn)))
        .replaceWithVoid();
  }

  static Uni<Void> confirm(SqlConnection tx, UUID tripId, Instant now) {
    return tx.preparedQuery(CONFIRM).execute(Tuple.of(tripId, database(now))).replaceWithVoid();
  }

  /** The holders may buy the same slots again. */
  static Uni<Void> dropItems(SqlConnection tx, UUID tripId) {
    return tx.preparedQuery(DROP_ITEMS).execute(Tuple.of(tripId)).replaceWithVoid();
  }

  /** Claims the slots for the holders again; answers with the number of items that got theirs. */
  static Uni<Integer> reviveItems(SqlConnection tx, UUID tripId) {
    return tx.preparedQuery(REVIVE_ITEMS).execute(Tuple.of(tripId)).map(rows -> rows.rowCount());
  }

  private static Uni<Optional<Trip>> first(SqlClient client, String sql, Tuple arguments) {
    return client
        .preparedQuery(sql)
        .execute(arguments)
        .chain(rows -> complete(client, rows.stream().toList()))
        .map(trips -> trips.stream().findFirst());
  }

  private static Uni<List<Trip>> complete(SqlClient client, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    var ids = rows.stream().map(row -> row.getUUID("trip_id")).toList();
    return TripItemRepository.ofTrips(client, ids)
        .chain(
            items ->
                TicketRepository.ofTrips(client, ids)
                    .map(tickets -> tickets.stream().collect(Collectors.groupingBy(Ticket::tripId)))
                    .map(tickets -> rows.stream().map(row -> trip(row, items, tickets)).toList()));
  }

  private static Trip trip(
      Row row, Map<UUID, List<Trip.Item>> items, Map<UUID, List<Ticket>> tickets) {
    UUID id = row.getUUID("trip_id");
    var confirmed = row.getOffsetDateTime("confirm_time");
    return new Trip(
        id,
        row.getUUID("citizen_id"),
        row.getUUID("booked_by"),
        row.getUUID("payer_id"),
        TripState.valueOf(row.getString("state")),
        row.getString("merchant_id"),
        row.getString("payment_order_id"),
        new Trip.Times(
            row.getOffsetDateTime("create_time").toInstant(),
            row.getOffsetDateTime("hold_expire_time").toInstant(),
            confirmed == null ? null : confirmed.toInstant()),
        items.getOrDefault(id, List.of()),
        tickets.getOrDefault(id, List.of()));
  }
}
