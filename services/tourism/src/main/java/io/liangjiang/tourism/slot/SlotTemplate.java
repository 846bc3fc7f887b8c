package io.liangjiang.tourism.slot;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * From which the slots of a day are made.
 *
 * @param weekdays ISO weekdays, 1 is Monday
 * @param firstStart start of the first slot, in the city's time zone
 * @param slotMinutes length of a slot; the next one starts where it ends
 * @param quota places in a slot
 * @param earlyMinutes how long before the start the gate opens
 * @param lateMinutes how long after the end the gate closes
 */
record SlotTemplate(
    String productId,
    String siteId,
    Set<Integer> weekdays,
    LocalTime firstStart,
    int slotMinutes,
    int slotCount,
    int quota,
    int earlyMinutes,
    int lateMinutes) {

  /** A slot and how many places it gets. */
  record Planned(TimeSlot slot, int quota) {}

  /** The slots that start on a day; the same day gives the same slots with the same ids. */
  List<Planned> slotsOn(LocalDate date, ZoneId zone) {
    List<Planned> planned = new ArrayList<>();
    if (!weekdays.contains(date.getDayOfWeek().getValue())) {
      return planned;
    }
    var length = Duration.ofMinutes(slotMinutes);
    var start = date.atTime(firstStart).atZone(zone).toInstant();
    for (int i = 0; i < slotCount; i++) {
      var end = start.plus(length);
      String name = productId + "@" + start;
      var slot =
          new TimeSlot(
              UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
              productId,
              siteId,
              date,
              new TimeSlot.Times(
                  start,
                  end,
                  start.minus(Duration.ofMinutes(earlyMinutes)),
                  end.plus(Duration.ofMinutes(lateMinutes))));
      planned.add(new Planned(slot, quota));
      start = end;
    }
    return planned;
  }
}
