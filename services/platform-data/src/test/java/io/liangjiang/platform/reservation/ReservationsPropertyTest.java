package io.liangjiang.platform.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences of everything the engine can do, step by step against the model. */
final class ReservationsPropertyTest {
  private static final Map<String, Integer> CAPACITIES = Map.of("a", 5, "b", 2, "c", 9, "d", 0);
  private static final List<String> WANTED = List.of("a", "b", "c", "d", "missing");
  private static final int STEPS = 300;
  private static final int OWNERS = 8;

  private static ReservationDatabase database;

  private final Reservations reservations = new Reservations(() -> this.now);
  private final ReservationModel model = new ReservationModel(CAPACITIES);
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  @BeforeAll
  static void open() {
    database = new ReservationDatabase(2);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20260301})
  void anySequenceLeavesWhatTheModelSays(long seed) {
    database.clear();
    database.inTransaction(tx -> reservations.definePools(tx, CAPACITIES));
    var random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      var owner = new UUID(seed, random.nextInt(OWNERS));
      String what = "seed " + seed + ", step " + step;
      switch (random.nextInt(5)) {
        case 0, 1 -> hold(owner, random, what);
        case 2 -> book(owner, what);
        case 3 -> release(owner);
        default -> expire(random, what);
      }
      assertThat(pools()).as(what).isEqualTo(model.states());
    }
    assertThat(ReservationDatabase.await(new ReservationBooks().differences(database.pool(), 10)))
        .isEmpty();
  }

  private void hold(UUID owner, Random random, String what) {
    Map<String, Integer> wanted = new HashMap<>();
    do {
      // A pool that is not there is wanted now and then only, or little else would happen.
      int known = random.nextInt(10) == 0 ? WANTED.size() : 3;
      wanted.put(WANTED.get(random.nextInt(known)), 1 + random.nextInt(3));
    } while (random.nextBoolean());
    Instant expiry = now.plusSeconds(random.nextInt(60));
    assertThat(outcome(tx -> reservations.hold(tx, owner, wanted, expiry)))
        .as(what)
        .isEqualTo(model.hold(owner, wanted, expiry));
  }

  private void book(UUID owner, String what) {
    assertThat(outcome(tx -> reservations.book(tx, owner))).as(what).isEqualTo(model.book(owner));
  }

  private void release(UUID owner) {
    database.inTransaction(tx -> reservations.release(tx, owner));
    model.release(owner);
  }

  private void expire(Random random, String what) {
    now = now.plusSeconds(random.nextInt(40));
    var released = database.inTransaction(tx -> reservations.releaseExpired(tx, OWNERS * 5));
    assertThat(new HashSet<>(released)).as(what).isEqualTo(model.releaseExpired(now));
  }

  private Map<String, PoolState> pools() {
    return ReservationDatabase.await(reservations.pools(database.pool(), CAPACITIES.keySet()));
  }

  private static Optional<ReservationReason> outcome(Function<SqlConnection, Uni<Void>> work) {
    try {
      database.inTransaction(work);
      return Optional.empty();
    } catch (ServiceException refusal) {
      return Optional.of((ReservationReason) refusal.reason());
    }
  }
}
