package io.liangjiang.platform.reservation;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the engine should do, in plain Java: the oracle of the property test. */
final class ReservationModel {
  private record Reservation(Map<String, Integer> quantities, boolean booked, Instant expiry) {}

  private final Map<String, Integer> capacities;
  private final Map<UUID, Reservation> live = new HashMap<>();

  ReservationModel(Map<String, Integer> capacities) {
    this.capacities = capacities;
  }

  Optional<ReservationReason> hold(UUID owner, Map<String, Integer> quantities, Instant expiry) {
    if (live.containsKey(owner)) {
      return Optional.of(ReservationReason.ALREADY_RESERVED);
    }
    for (var wanted : new TreeMap<>(quantities).entrySet()) {
      if (!capacities.containsKey(wanted.getKey())) {
        return Optional.of(ReservationReason.POOL_NOT_FOUND);
      }
      if (state(wanted.getKey()).remaining() < wanted.getValue()) {
        return Optional.of(ReservationReason.SOLD_OUT);
      }
    }
    live.put(owner, new Reservation(quantities, false, expiry));
    return Optional.empty();
  }

  Optional<ReservationReason> book(UUID owner) {
    var found = live.get(owner);
    if (found == null) {
      return Optional.of(ReservationReason.HOLD_EXPIRED);
    }
    live.put(owner, new Reservation(found.quantities(), true, found.expiry()));
    return Optional.empty();
  }

  void release(UUID owner) {
    live.remove(owner);
  }

  Set<UUID> releaseExpired(Instant now) {
    Set<UUID> expired = new LinkedHashSet<>();
    live.forEach(
        (owner, reservation) -> {
          if (!reservation.booked() && !reservation.expiry().isAfter(now)) {
            expired.add(owner);
          }
        });
    live.keySet().removeAll(expired);
    return expired;
  }

  Map<String, PoolState> states() {
    Map<String, PoolState> states = new HashMap<>();
    capacities.keySet().forEach(id -> states.put(id, state(id)));
    return states;
  }

  private PoolState state(String poolId) {
    int held = 0;
    int booked = 0;
    for (Reservation reservation : live.values()) {
      int quantity = reservation.quantities().getOrDefault(poolId, 0);
      held += reservation.booked() ? 0 : quantity;
      booked += reservation.booked() ? quantity : 0;
    }
    return new PoolState(capacities.getOrDefault(poolId, 0), held, booked);
  }
}
