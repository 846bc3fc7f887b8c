package io.liangjiang.platform.reservation;

import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds, books and releases places, all in the caller's transaction. The rows of the wanted pools
 * stay locked until that transaction ends, so call this late in it, once a transaction, and after
 * locking rows of your own.
 */
@ApplicationScoped
public class Reservations {
  /** Pools that one reservation may span. */
  public static final int MAX_POOLS_A_RESERVATION = 100;

  /** Pools that can be defined, or owners that can be released, by one call. */
  public static final int MAX_BATCH = 5_000;

  private static final String NOT_OVERSOLD = "reservation_pool_not_oversold";

  private static final String DEFINE =
      """
      insert into reservation_pool as p (pool_id, capacity)
      select pool_id, capacity from unnest($1::text[], $2::integer[]) as wanted (pool_id, capacity)
      order by pool_id
      on conflict (pool_id) do update set capacity = excluded.capacity
      where p.capacity <> excluded.capacity
      """;
  private static final String HOLD =
      "select outcome, short_pool_id, places_left"
          + " from reservation_hold($1, $2::text[], $3::integer[], $4)";
  private static final String BOOK = "select reservation_book($1) as booked";
  private static final String RELEASE = "select reservation_release($1::uuid[], null)";
  private static final String RELEASE_EXPIRED =
      "select owner_id from reservation_release_expired($1, $2) as owner_id";
  private static final String POOLS =
      "select pool_id, capacity, held, booked from reservation_pool where pool_id ="
          + " any($1::text[])";

  private final InstantSource clock;

  Reservations(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Makes a pool, or gives the pool of that id another capacity. The id has 1 to 100 characters.
   * Errors: CAPACITY_BELOW_USE.
   */
  public Uni<Void> definePool(SqlConnection tx, String poolId, int capacity) {
    return definePools(tx, Map.of(poolId, capacity));
  }

  /**
   * Makes or changes at most 5,000 pools by one statement. Errors: CAPACITY_BELOW_USE, then none is
   * changed.
   */
  public Uni<Void> definePools(SqlConnection tx, Map<String, Integer> capacityByPool) {
    requireSize(capacityByPool.size(), MAX_BATCH);
    return tx.preparedQuery(DEFINE)
        .execute(Tuple.from(columns(capacityByPool)))
        .onFailure(failure -> DatabaseErrors.isCheckViolation(failure, NOT_OVERSOLD))
        .transform(failure -> refusal(ReservationReason.CAPACITY_BELOW_USE, null))
        .replaceWithVoid();
  }

  /**
   * Holds places in 1 to 100 pools, all or none, until expiresAt. Errors: SOLD_OUT and
   * POOL_NOT_FOUND with "poolId", ALREADY_RESERVED; after any of them nothing is held.
   */
  public Uni<Void> hold(
      SqlConnection tx, UUID owner, Map<String, Integer> quantityByPool, Instant expiresAt) {
    requireSize(quantityByPool.size(), MAX_POOLS_A_RESERVATION);
    List<Object> arguments = new ArrayList<>();
    arguments.add(owner);
    arguments.addAll(columns(quantityByPool));
    arguments.add(utc(expiresAt));
    return tx.preparedQuery(HOLD)
        .execute(Tuple.from(arguments))
        .invoke(rows -> requireHeld(rows.iterator().next()))
        .replaceWithVoid();
  }

  /**
   * Makes the owner's hold a booking; harmless when it is one. A hold that ran out but was not
   * released yet is still good. Errors: HOLD_EXPIRED when it is gone.
   */
  public Uni<Void> book(SqlConnection tx, UUID owner) {
    return tx.preparedQuery(BOOK)
        .execute(Tuple.of(owner))
        .invoke(rows -> requireBooked(rows.iterator().next().getBoolean("booked")))
        .replaceWithVoid();
  }

  /** Frees what the owner holds or has booked; harmless when there is nothing. */
  public Uni<Void> release(SqlConnection tx, UUID owner) {
    return releaseAll(tx, List.of(owner));
  }

  /** Frees what at most 5,000 owners hold or have booked. */
  public Uni<Void> releaseAll(SqlConnection tx, Collection<UUID> owners) {
    requireSize(owners.size(), MAX_BATCH);
    return tx.preparedQuery(RELEASE)
        .execute(Tuple.of((Object) owners.toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  /**
   * Frees the holds that ran out first, of at most `limit` owners (1 to 5,000), and answers with
   * these owners. It locks pools before the caller can lock rows of its own: a caller that books
   * under a lock of its own finds the expired owners itself and calls {@link #releaseAll} instead,
   * or lives with a deadlock that the database ends and the transaction repeats.
   */
  public Uni<List<UUID>> releaseExpired(SqlConnection tx, int limit) {
    requireSize(limit, MAX_BATCH);
    return tx.preparedQuery(RELEASE_EXPIRED)
        .execute(Tuple.of(utc(clock.instant()), limit))
        .map(rows -> rows.stream().map(row -> row.getUUID("owner_id")).toList());
  }

  /** How full the pools are; ids that name no pool are left out. Takes no locks. */
  public Uni<Map<String, PoolState>> pools(SqlClient client, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return client
        .preparedQuery(POOLS)
        .execute(Tuple.of((Object) ids.toArray(String[]::new)))
        .map(Reservations::statesByPool);
  }

  private static Map<String, PoolState> statesByPool(RowSet<Row> rows) {
    Map<String, PoolState> states = new HashMap<>();
    for (Row row : rows) {
      states.put(
          row.getString("pool_id"),
          new PoolState(
              row.getInteger("capacity"), row.getInteger("held"), row.getInteger("booked")));
    }
    return states;
  }

  private static List<Object> columns(Map<String, Integer> numberByPool) {
    var ordered = new TreeMap<>(numberByPool);
    return List.of(
        ordered.keySet().toArray(String[]::new), ordered.values().toArray(Integer[]::new));
  }

  private static void requireHeld(Row row) {
    String outcome = row.getString("outcome");
    if (outcome.equals("HELD")) {
      return;
    }
    var refusal = refusal(ReservationReason.valueOf(outcome), row.getString("short_pool_id"));
    Integer remaining = row.getInteger("places_left");
    throw remaining == null ? refusal : refusal.with("remaining", remaining);
  }

  private static void requireBooked(boolean booked) {
    if (!booked) {
      throw refusal(ReservationReason.HOLD_EXPIRED, null);
    }
  }

  private static ServiceException refusal(ReservationReason reason, @Nullable String poolId) {
    var refusal =
        switch (reason) {
          case SOLD_OUT -> new ServiceException(reason, "not enough places are left");
          case POOL_NOT_FOUND -> new ServiceException(reason, "there is no such pool");
          case HOLD_EXPIRED -> new ServiceException(reason, "the hold is gone");
          case ALREADY_RESERVED -> new ServiceException(reason, "the owner has a reservation");
          case CAPACITY_BELOW_USE ->
              new ServiceException(reason, "more places are in use than the new capacity");
        };
    return poolId == null ? refusal : refusal.with("poolId", poolId);
  }

  private static void requireSize(int size, int max) {
    if (size < 1 || size > max) {
      throw new IllegalArgumentException("1 to " + max + " are allowed, not " + size);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
