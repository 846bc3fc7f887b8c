package io.liangjiang.platform.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many clients at once on real connections: nothing is sold twice, nobody waits in a circle. */
final class ReservationsConcurrencyTest {
  private static final int CLIENTS = 64;
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  private static final Instant SOON = NOON.plusSeconds(900);

  private static ReservationDatabase database;

  private final Reservations reservations = new Reservations(() -> SOON);

  @BeforeAll
  static void open() {
    database = new ReservationDatabase(CLIENTS);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  @Test
  void ofSixtyFourClientsTenGetTheTenPlaces() {
    database.inTransaction(tx -> reservations.definePool(tx, "hot", 10));

    var outcomes = together(CLIENTS, i -> hold(new UUID(1, i), Map.of("hot", 1)));

    assertThat(outcomes).filteredOn("HELD"::equals).hasSize(10);
    assertThat(outcomes).filteredOn("SOLD_OUT"::equals).hasSize(CLIENTS - 10);
    assertThat(state("hot")).isEqualTo(new PoolState(10, 10, 0));
    assertBooksAreRight();
  }

  @Test
  void clientsThatWantTheSamePoolsInAnyOrderNeverDeadlock() {
    var ids = IntStream.range(0, 6).mapToObj(i -> "p" + i).toList();
    var capacities = ids.stream().collect(Collectors.toMap(id -> id, id -> 40));
    database.inTransaction(tx -> reservations.definePools(tx, capacities));

    var outcomes = together(CLIENTS * 4, i -> hold(new UUID(2, i), someOf(ids, i)));

    assertThat(outcomes).containsOnly("HELD", "SOLD_OUT");
    assertThat(outcomes).filteredOn("HELD"::equals).isNotEmpty();
    assertBooksAreRight();
  }

  @Test
  void bookReleaseAndExpiryOfTheSameHoldsLeaveTheBooksRight() {
    database.inTransaction(tx -> reservations.definePools(tx, Map.of("a", 1000, "b", 1000)));
    together(CLIENTS, i -> hold(new UUID(3, i), Map.of("a", 2, "b", 1)));

    var outcomes =
        together(
            CLIENTS * 3,
            i ->
                switch (i % 3) {
                  case 0 -> book(new UUID(3, i / 3));
                  case 1 -> release(new UUID(3, i / 3));
                  default -> expire();
                });

    assertThat(outcomes).containsOnly("BOOKED", "HOLD_EXPIRED", "RELEASED", "EXPIRED");
    assertThat(state("a").held()).isZero();
    assertBooksAreRight();
  }

  @Test
  void oneOwnerAtManyDoorsHoldsOnce() {
    database.inTransaction(tx -> reservations.definePool(tx, "a", 1000));
    var owner = UUID.randomUUID();

    var outcomes = together(CLIENTS, i -> hold(owner, Map.of("a", 1)));

    assertThat(outcomes).filteredOn("HELD"::equals).hasSize(1);
    assertThat(state("a")).isEqualTo(new PoolState(1000, 1, 0));
  }

  private interface Step {
    Uni<String> run(int index);
  }

  private static List<String> together(int count, Step step) {
    var all = IntStream.range(0, count).mapToObj(step::run).toList();
    return ReservationDatabase.await(Uni.join().all(all).usingConcurrencyOf(CLIENTS).andFailFast());
  }

  private Uni<String> hold(UUID owner, Map<String, Integer> quantities) {
    return named(
        "HELD", database.transaction(tx -> reservations.hold(tx, owner, quantities, SOON)));
  }

  private Uni<String> book(UUID owner) {
    return named("BOOKED", database.transaction(tx -> reservations.book(tx, owner)));
  }

  private Uni<String> release(UUID owner) {
    return named("RELEASED", database.transaction(tx -> reservations.release(tx, owner)));
  }

  private Uni<String> expire() {
    return named("EXPIRED", database.transaction(tx -> reservations.releaseExpired(tx, 5)));
  }

  /** Only refusals of ours become names: a deadlock or a broken constraint fails the test. */
  private static Uni<String> named(String name, Uni<?> work) {
    return work.replaceWith(name)
        .onFailure(ServiceException.class)
        .recoverWithItem(e -> ((ServiceException) e).reason().name());
  }

  private static Map<String, Integer> someOf(List<String> ids, int seed) {
    var random = new Random(seed);
    var shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, 2 + random.nextInt(3)).stream()
        .collect(Collectors.toMap(id -> id, id -> 1 + random.nextInt(2)));
  }

  private PoolState state(String id) {
    var states = ReservationDatabase.await(reservations.pools(database.pool(), List.of(id)));
    return Objects.requireNonNull(states.get(id));
  }

  private static void assertBooksAreRight() {
    assertThat(ReservationDatabase.await(new ReservationBooks().differences(database.pool(), 10)))
        .isEmpty();
  }
}
