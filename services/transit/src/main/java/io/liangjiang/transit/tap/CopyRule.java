package io.liangjiang.transit.tap;

import io.liangjiang.transit.ride.Boarding;
import io.liangjiang.transit.ride.StandingRide;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One code is one ride: of all taps with one code the first by tap time is the ride and the others
 * are copies, in whatever order they are handed in. Once a ride has been handed to payments it
 * stands, and every other tap is a copy.
 */
final class CopyRule {
  private CopyRule() {}

  /**
   * What to write.
   *
   * @param created boardings that become rides
   * @param moved boardings that take over a ride that is known
   * @param copies taps that are copies, new ones and ones that stood before
   */
  record Decision(List<Boarding> created, List<Boarding> moved, List<UUID> copies) {}

  static Decision decide(Collection<Boarding> boardings, Collection<StandingRide> standing) {
    Map<UUID, StandingRide> standingById =
        standing.stream().collect(Collectors.toMap(StandingRide::rideId, Function.identity()));
    Map<UUID, List<Boarding>> boardingsById =
        boardings.stream()
            .collect(Collectors.groupingBy(Boarding::rideId, TreeMap::new, Collectors.toList()));
    Decision decision = new Decision(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    boardingsById.forEach((id, group) -> decide(group, standingById.get(id), decision));
    return decision;
  }

  private static void decide(
      List<Boarding> group, @Nullable StandingRide standing, Decision decision) {
    Boarding first = group.stream().min(Boarding.ORDER).orElseThrow();
    boolean takesOver = standing != null && !standing.isFixed() && precedes(first, standing);
    if (standing == null) {
      decision.created().add(first);
    } else if (takesOver) {
      decision.moved().add(first);
      decision.copies().add(standing.tapId());
    }
    group.stream()
        .filter(boarding -> boarding != first || (standing != null && !takesOver))
        .map(Boarding::tapId)
        .forEach(decision.copies()::add);
  }

  private static boolean precedes(Boarding boarding, StandingRide standing) {
    int byTime = boarding.boardTime().compareTo(standing.boardTime());
    return byTime < 0 || (byTime == 0 && boarding.tapId().compareTo(standing.tapId()) < 0);
  }
}
