package io.liangjiang.platform.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.reservation.ReservationBooks.Difference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReservationsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
  private static final Instant SOON = NOON.plusSeconds(900);

  private static ReservationDatabase database;

  private final Reservations reservations = new Reservations(() -> this.now);
  private final ReservationBooks books = new ReservationBooks();
  private final UUID owner = UUID.randomUUID();
  private Instant now = NOON;

  @BeforeAll
  static void open() {
    database = new ReservationDatabase(4);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void definePools() {
    database.clear();
    database.inTransaction(tx -> reservations.definePools(tx, Map.of("a", 10, "b", 3)));
  }

  @Test
  void holdsPlacesInSeveralPools() {
    hold(owner, Map.of("a", 4, "b", 3));

    assertThat(pools())
        .isEqualTo(Map.of("a", new PoolState(10, 4, 0), "b", new PoolState(3, 3, 0)));
    assertThat(new PoolState(10, 4, 3).remaining()).isEqualTo(3);
  }

  @Test
  void holdsNothingWhenOnePoolIsShort() {
    var refusal = refused(tx -> reservations.hold(tx, owner, Map.of("a", 1, "b", 4), SOON));

    assertThat(refusal.reason()).isEqualTo(ReservationReason.SOLD_OUT);
    assertThat(refusal.metadata()).isEqualTo(Map.of("poolId", "b", "remaining", "3"));
    assertThat(pools())
        .isEqualTo(Map.of("a", new PoolState(10, 0, 0), "b", new PoolState(3, 0, 0)));
  }

  @Test
  void namesThePoolThatIsNotThere() {
    var refusal = refused(tx -> reservations.hold(tx, owner, Map.of("a", 1, "none", 1), SOON));

    assertThat(refusal.reason()).isEqualTo(ReservationReason.POOL_NOT_FOUND);
    assertThat(refusal.metadata()).containsEntry("poolId", "none");
  }

  @Test
  void refusesASecondReservationOfTheSameOwner() {
    hold(owner, Map.of("a", 1));

    var refusal = refused(tx -> reservations.hold(tx, owner, Map.of("b", 1), SOON));

    assertThat(refusal.reason()).isEqualTo(ReservationReason.ALREADY_RESERVED);
    assertThat(pools().get("b")).isEqualTo(new PoolState(3, 0, 0));
  }

  @Test
  void booksAHoldOnceHoweverOftenItIsAsked() {
    hold(owner, Map.of("a", 2, "b", 1));

    database.inTransaction(tx -> reservations.book(tx, owner));
    database.inTransaction(tx -> reservations.book(tx, owner));

    assertThat(pools())
        .isEqualTo(Map.of("a", new PoolState(10, 0, 2), "b", new PoolState(3, 0, 1)));
  }

  @Test
  void booksAHoldThatRanOutButIsStillThere() {
    hold(owner, Map.of("a", 2));
    now = SOON.plusSeconds(60);

    database.inTransaction(tx -> reservations.book(tx, owner));

    assertThat(pools().get("a")).isEqualTo(new PoolState(10, 0, 2));
  }

  @Test
  void refusesToBookWhatIsGone() {
    var refusal = refused(tx -> reservations.book(tx, owner));

    assertThat(refusal.reason()).isEqualTo(ReservationReason.HOLD_EXPIRED);
  }

  @Test
  void releasesHoldsAndBookingsAndForgivesASecondRelease() {
    var other = UUID.randomUUID();
    hold(owner, Map.of("a", 2));
    hold(other, Map.of("a", 3));
    database.inTransaction(tx -> reservations.book(tx, other));

    database.inTransaction(tx -> reservations.release(tx, owner));
    database.inTransaction(tx -> reservations.release(tx, owner));
    assertThat(pools().get("a")).isEqualTo(new PoolState(10, 0, 3));

    database.inTransaction(tx -> reservations.release(tx, other));
    assertThat(pools().get("a")).isEqualTo(new PoolState(10, 0, 0));
  }

  @Test
  void holdsAgainAfterARelease() {
    hold(owner, Map.of("b", 3));
    database.inTransaction(tx -> reservations.release(tx, owner));
    hold(owner, Map.of("b", 2));

    assertThat(pools().get("b")).isEqualTo(new PoolState(3, 2, 0));
  }

  @Test
  void releasesOnlyHoldsThatRanOut() {
    var booked = UUID.randomUUID();
    var later = UUID.randomUUID();
    hold(owner, Map.of("a", 1, "b", 1));
    hold(booked, Map.of("a", 1));
    database.inTransaction(tx -> reservations.book(tx, booked));
    database.inTransaction(tx -> reservations.hold(tx, later, Map.of("a", 1), SOON.plusMillis(1)));

    assertThat(expired(10)).isEmpty();
    now = SOON;
    assertThat(expired(10)).containsExactly(owner);
    assertThat(expired(10)).isEmpty();
    assertThat(pools())
        .isEqualTo(Map.of("a", new PoolState(10, 1, 1), "b", new PoolState(3, 0, 0)));
  }

  @Test
  void releasesNoMoreOwnersThanAsked() {
    for (int i = 0; i < 5; i++) {
      hold(UUID.randomUUID(), Map.of("a", 2));
    }
    now = SOON;

    assertThat(expired(3)).hasSize(3);
    assertThat(expired(3)).hasSize(2);
    assertThat(pools().get("a")).isEqualTo(new PoolState(10, 0, 0));
  }

  @Test
  void changesACapacityButNotBelowWhatIsInUse() {
    hold(owner, Map.of("a", 4));
    database.inTransaction(tx -> reservations.definePool(tx, "a", 4));
    assertThat(pools().get("a")).isEqualTo(new PoolState(4, 4, 0));

    var refusal = refused(tx -> reservations.definePool(tx, "a", 3));
    assertThat(refusal.reason()).isEqualTo(ReservationReason.CAPACITY_BELOW_USE);
  }

  @Test
  void leavesNothingBehindWhenTheCallersTransactionFails() {
    var failure = new IllegalStateException("the caller gave up");

    var seen =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                database.inTransaction(
                    tx ->
                        reservations
                            .hold(tx, owner, Map.of("a", 1), SOON)
                            .chain(() -> Uni.createFrom().<Void>failure(failure))));

    assertThat(seen).isSameAs(failure);
    assertThat(pools().get("a")).isEqualTo(new PoolState(10, 0, 0));
  }

  @Test
  void theCheckerFindsAPlantedBug() {
    hold(owner, Map.of("a", 4, "b", 1));
    assertThat(differences()).isEmpty();

    execute("update reservation_pool set held = held - 1, booked = booked + 1 where pool_id = 'a'");
    execute("delete from reservation where pool_id = 'b'");

    assertThat(differences())
        .containsExactly(new Difference("a", 3, 1, 4, 0), new Difference("b", 1, 0, 0, 0));
  }

  @Test
  void theDatabaseRefusesToOversellWhateverTheCodeDoes() {
    var failure =
        catchThrowableOfType(
            RuntimeException.class,
            () -> execute("update reservation_pool set booked = 11 where pool_id = 'a'"));

    assertThat(failure).hasMessageContaining("reservation_pool_not_oversold");
  }

  private void hold(UUID who, Map<String, Integer> quantities) {
    database.inTransaction(tx -> reservations.hold(tx, who, quantities, SOON));
  }

  private List<UUID> expired(int limit) {
    return database.inTransaction(tx -> reservations.releaseExpired(tx, limit));
  }

  private Map<String, PoolState> pools() {
    return ReservationDatabase.await(reservations.pools(database.pool(), List.of("a", "b", "x")));
  }

  private List<Difference> differences() {
    return ReservationDatabase.await(books.differences(database.pool(), 10));
  }

  private static void execute(String sql) {
    ReservationDatabase.await(database.pool().query(sql).execute());
  }

  private static ServiceException refused(Function<SqlConnection, Uni<Void>> work) {
    return catchThrowableOfType(ServiceException.class, () -> database.inTransaction(work));
  }
}
