package io.liangjiang.tourism.ticket;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.liangjiang.tourism.slot.TimeSlotRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of tickets. */
public final class TicketRepository {
  private static final String SELECT =
      """
      select t.ticket_id, t.trip_id, t.citizen_id, t.state, t.code, t.redeem_time,
             i.rider_category, i.masked_name, s.*
      from ticket t
      join trip_item i on i.trip_id = t.trip_id and i.position = t.position
      join time_slot s on s.time_slot_id = i.time_slot_id
      """;
  private static final String BY_ID = SELECT + " where t.ticket_id = $1";
  private static final String BY_OWNER = SELECT + " where t.ticket_id = $1 and t.citizen_id = $2";
  private static final String OF_TRIPS =
      SELECT + " where t.trip_id = any($1) order by t.trip_id, t.position";
  private static final String LOCK = SELECT + " where t.ticket_id = $1 for update of t";
  private static final String LOCK_VALID =
      SELECT
          + """
          where t.citizen_id = $1 and t.state = 'ISSUED' and s.site_id = $2
            and s.entry_open_time <= $3 and s.entry_close_time > $3
          order by s.entry_close_time, t.trip_id, t.position
          limit 1 for update of t
          """;
  private static final String INSERT =
      """
      insert into ticket (ticket_id, trip_id, position, citizen_id, state, code)
      select ticket_id, $1, position, $2, 'ISSUED', code
      from unnest($3::uuid[], $4::integer[], $5::text[]) as t (ticket_id, position, code)
      """;
  private static final String REDEEM =
      "update ticket set state = 'REDEEMED', redeem_time = $2 where ticket_id = $1";
  private static final String CANCEL =
      "update ticket set state = 'CANCELLED' where trip_id = $1 and state = 'ISSUED'";
  private static final String ANY_REDEEMED =
      "select 1 from ticket where trip_id = $1 and state = 'REDEEMED' limit 1";

  private TicketRepository() {}

  /** A ticket to be issued for one position of a trip. */
  public record Issue(UUID ticketId, int position, String code) {}

  static Uni<Optional<Ticket>> find(SqlClient client, UUID ticketId, UUID citizenId) {
    return client
        .preparedQuery(BY_OWNER)
        .execute(Tuple.of(ticketId, citizenId))
        .map(rows -> rows.stream().map(TicketRepository::ticket).findFirst());
  }

  /** One ticket, whoever bought it: for the gate that let it in. */
  public static Uni<Optional<Ticket>> find(SqlClient client, UUID ticketId) {
    return client
        .preparedQuery(BY_ID)
        .execute(Tuple.of(ticketId))
        .map(rows -> rows.stream().map(TicketRepository::ticket).findFirst());
  }

  /** The tickets of trips, in the order of their positions. */
  public static Uni<List<Ticket>> ofTrips(SqlClient client, Collection<UUID> tripIds) {
    return client
        .preparedQuery(OF_TRIPS)
        .execute(Tuple.of((Object) tripIds.toArray(UUID[]::new)))
        .map(rows -> rows.stream().map(TicketRepository::ticket).toList());
  }

  /** Locks one ticket for the rest of the transaction. */
  public static Uni<Optional<Ticket>> lock(SqlConnection tx, UUID ticketId) {
    return tx.preparedQuery(LOCK)
        .execute(Tuple.of(ticketId))
        .map(rows -> rows.stream().map(TicketRepository::ticket).findFirst());
  }

  /** Locks, of the tickets that a citizen bought, the one for which a site's gates close first. */
  public static Uni<Optional<Ticket>> lockValid(
      SqlConnection tx, UUID citizenId, String siteId, Instant now) {
    return tx.preparedQuery(LOCK_VALID)
        .execute(Tuple.of(citizenId, siteId, database(now)))
        .map(rows -> rows.stream().map(TicketRepository::ticket).findFirst());
  }

  /** Issues the tickets of a trip by one statement. */
  public static Uni<Void> insert(
      SqlConnection tx, UUID tripId, UUID citizenId, List<Issue> issues) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                tripId,
                citizenId,
                issues.stream().map(Issue::ticketId).toArray(UUID[]::new),
                issues.stream().map(Issue::position).toArray(Integer[]::new),
                issues.stream().map(Issue::code).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** Marks a locked ticket as used. */
  public static Uni<Void> redeem(SqlConnection tx, UUID ticketId, Instant now) {
    return tx.preparedQuery(REDEEM).execute(Tuple.of(ticketId, database(now))).replaceWithVoid();
  }

  /** Takes the unused tickets of a trip back; true when a used one is left. */
  public static Uni<Boolean> cancel(SqlConnection tx, UUID tripId) {
    return tx.preparedQuery(CANCEL)
        .execute(Tuple.of(tripId))
        .chain(() -> tx.preparedQuery(ANY_REDEEMED).execute(Tuple.of(tripId)))
        .map(rows -> rows.size() > 0);
  }

  private static Ticket ticket(Row row) {
    OffsetDateTime redeemTime = row.getOffsetDateTime("redeem_time");
    return new Ticket(
        row.getUUID("ticket_id"),
        row.getUUID("trip_id"),
        row.getUUID("citizen_id"),
        Ticket.State.valueOf(row.getString("state")),
        TimeSlotRepository.slot(row),
        row.getString("rider_category"),
        row.getString("masked_name"),
        row.getString("code"),
        redeemTime == null ? null : redeemTime.toInstant());
  }
}
