package io.liangjiang.healthcare.slot;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.HealthcareSettings;
import io.liangjiang.healthcare.v1.ListSlotsResponse;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.reservation.PoolState;
import io.liangjiang.platform.reservation.Reservations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Makes and shows slots. */
@ApplicationScoped
public class Slots {
  private final Database database;
  private final SlotRepository repository;
  private final Reservations reservations;
  private final HealthcareSettings settings;
  private final InstantSource clock;

  Slots(
      Database database,
      SlotRepository repository,
      Reservations reservations,
      HealthcareSettings settings,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.reservations = reservations;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes the slots of the days to come that are not there yet; answers with how many. Safe to
   * repeat.
   */
  public Uni<Integer> make() {
    return database.inTransaction(tx -> repository.make(tx, clock.instant(), settings.slotDays()));
  }

  /**
   * A page of a department's slots on one day that have not ended. Errors: DEPARTMENT_NOT_FOUND.
   */
  public Uni<ListSlotsResponse> list(String departmentId, LocalDate date, Page page) {
    Instant now = clock.instant();
    return repository
        .departmentExists(database.client(), departmentId)
        .invoke(Slots::requireDepartment)
        .chain(() -> repository.list(database.client(), departmentId, date, now, page))
        .map(slots -> page.cut(slots, Slots::keyOf))
        .chain(cut -> pools(cut.items()).map(pools -> response(cut, pools, now)));
  }

  private Uni<Map<String, PoolState>> pools(List<Slot> slots) {
    return reservations.pools(database.client(), slots.stream().map(Slot::poolId).toList());
  }

  private static ListSlotsResponse response(
      Page.Cut<Slot> cut, Map<String, PoolState> pools, Instant now) {
    var response = ListSlotsResponse.newBuilder().setNextPageToken(cut.nextPageToken());
    for (Slot slot : cut.items()) {
      var pool = pools.getOrDefault(slot.poolId(), slot.untouched());
      response.addSlots(SlotProto.toProto(slot, pool, now));
    }
    return response.build();
  }

  private static List<String> keyOf(Slot slot) {
    return List.of(slot.time().start().toString(), slot.slotId().toString());
  }

  private static void requireDepartment(boolean exists) {
    if (!exists) {
      throw new ServiceException(
          HealthcareReason.DEPARTMENT_NOT_FOUND, "there is no such department");
    }
  }
}
