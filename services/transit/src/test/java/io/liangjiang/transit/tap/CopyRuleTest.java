package io.liangjiang.transit.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.transit.fare.Fare;
import io.liangjiang.transit.fare.FareProduct;
import io.liangjiang.transit.fare.Line;
import io.liangjiang.transit.ride.Boarding;
import io.liangjiang.transit.ride.StandingRide;
import io.liangjiang.transit.tap.CopyRule.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyRuleTest {
  private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");
  private static final Fare FARE =
      new Fare(
          new Line("1", "1", "a - b", "city", "City", "bus"),
          new FareProduct("single", "Single", "adult", 200, "CNY"),
          "Two yuan.");

  private static Boarding boarding(UUID rideId, Instant boardTime) {
    return new Boarding(rideId, UUID.randomUUID(), new UUID(0, 1), "v", "", boardTime, FARE);
  }

  private static StandingRide standing(Boarding boarding, boolean isFixed) {
    return new StandingRide(boarding.rideId(), boarding.tapId(), boarding.boardTime(), isFixed);
  }

  @Test
  void makesRideOfTheFirstTapAndCopiesOfTheOthers() {
    UUID rideId = UUID.randomUUID();
    Boarding late = boarding(rideId, NOW.plusSeconds(3));
    Boarding early = boarding(rideId, NOW);

    Decision decision = CopyRule.decide(List.of(late, early), List.of());

    assertThat(decision.created()).containsExactly(early);
    assertThat(decision.moved()).isEmpty();
    assertThat(decision.copies()).containsExactly(late.tapId());
  }

  @Test
  void movesRideToAnEarlierTapThatCameLater() {
    UUID rideId = UUID.randomUUID();
    Boarding known = boarding(rideId, NOW.plusSeconds(3));
    Boarding early = boarding(rideId, NOW);

    Decision decision = CopyRule.decide(List.of(early), List.of(standing(known, false)));

    assertThat(decision.created()).isEmpty();
    assertThat(decision.moved()).containsExactly(early);
    assertThat(decision.copies()).containsExactly(known.tapId());
  }

  @Test
  void leavesRideAloneThatWasHandedToPayments() {
    UUID rideId = UUID.randomUUID();
    Boarding known = boarding(rideId, NOW.plusSeconds(3));
    Boarding early = boarding(rideId, NOW);

    Decision decision = CopyRule.decide(List.of(early), List.of(standing(known, true)));

    assertThat(decision.created()).isEmpty();
    assertThat(decision.moved()).isEmpty();
    assertThat(decision.copies()).containsExactly(early.tapId());
  }

  @Test
  void anyOrderInAnyPiecesGivesTheSameRidesAndCopies() {
    Random random = new Random(11);
    List<UUID> rideIds = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    List<Boarding> boardings = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      UUID rideId = rideIds.get(random.nextInt(rideIds.size()));
      boardings.add(boarding(rideId, NOW.plusSeconds(random.nextInt(4))));
    }
    Set<Map<UUID, UUID>> rides = new HashSet<>();
    Set<Set<UUID>> copies = new HashSet<>();
    for (int round = 0; round < 500; round++) {
      Collections.shuffle(boardings, random);
      Model model = new Model();
      int start = 0;
      while (start < boardings.size()) {
        int end = Math.min(boardings.size(), start + 1 + random.nextInt(5));
        model.take(boardings.subList(start, end));
        start = end;
      }
      rides.add(model.tapByRide());
      copies.add(model.copies);
    }

    assertThat(rides).hasSize(1);
    assertThat(copies).hasSize(1);
    assertThat(copies.iterator().next()).hasSize(12 - rides.iterator().next().size());
  }

  /** Applies decisions as the database does. */
  private static final class Model {
    private final Map<UUID, StandingRide> rides = new HashMap<>();
    private final Set<UUID> copies = new HashSet<>();

    void take(List<Boarding> boardings) {
      Decision decision = CopyRule.decide(boardings, rides.values());
      decision.created().forEach(boarding -> put(boarding));
      decision.moved().forEach(boarding -> put(boarding));
      copies.addAll(decision.copies());
    }

    private void put(Boarding boarding) {
      rides.put(boarding.rideId(), standing(boarding, false));
    }

    Map<UUID, UUID> tapByRide() {
      Map<UUID, UUID> taps = new HashMap<>();
      rides.forEach((id, ride) -> taps.put(id, ride.tapId()));
      return taps;
    }
  }
}
