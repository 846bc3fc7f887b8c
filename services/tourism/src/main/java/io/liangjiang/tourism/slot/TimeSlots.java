package io.liangjiang.tourism.slot;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.reservation.PoolState;
import io.liangjiang.platform.reservation.Reservations;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.TourismSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes slots and shows them. */
@ApplicationScoped
public class TimeSlots {
  private static final PoolState NO_PLACES = new PoolState(0, 0, 0);

  private final Database database;
  private final Reservations reservations;
  private final TourismSettings settings;
  private final InstantSource clock;

  TimeSlots(
      Database database, Reservations reservations, TourismSettings settings, InstantSource clock) {
    this.database = database;
    this.reservations = reservations;
    this.settings = settings;
    this.clock = clock;
  }

  /** A slot and its room as of now. */
  public record Room(TimeSlot slot, int quota, int remaining, SaleLevel level) {}

  /** Today in the city. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), settings.timeZone());
  }

  /**
   * The slots of a product that start on a day, in order of start. Errors: PRODUCT_NOT_FOUND.
   *
   * @param date null for today
   */
  public Uni<Page.Cut<Room>> list(String productId, @Nullable LocalDate date, Page page) {
    Instant after = page.isFirst() ? Instant.EPOCH : page.keyInstant(0);
    var client = database.client();
    return TimeSlotRepository.productExists(client, productId)
        .invoke(TimeSlots::requireProduct)
        .chain(
            () ->
                TimeSlotRepository.ofDay(
                    client, productId, date == null ? today() : date, after, page.limit()))
        .chain(this::withRoom)
        .map(rooms -> page.cut(rooms, room -> List.of(room.slot().times().start().toString())));
  }

  private static void requireProduct(boolean exists) {
    if (!exists) {
      throw new ServiceException(TourismReason.PRODUCT_NOT_FOUND, "there is no such product");
    }
  }

  private Uni<List<Room>> withRoom(List<TimeSlot> slots) {
    var pools =
        slots.stream()
            .flatMap(slot -> Stream.of(slot.poolId(), slot.dayPoolId()))
            .collect(Collectors.toSet());
    return reservations
        .pools(database.client(), pools)
        .map(states -> slots.stream().map(slot -> room(slot, states)).toList());
  }

  private Room room(TimeSlot slot, Map<String, PoolState> states) {
    PoolState places = states.getOrDefault(slot.poolId(), NO_PLACES);
    PoolState day = states.getOrDefault(slot.dayPoolId(), NO_PLACES);
    boolean onSale = slot.isOnSaleAt(clock.instant());
    return new Room(
        slot,
        places.capacity(),
        onSale ? Math.min(places.remaining(), day.remaining()) : 0,
        onSale ? SaleLevel.of(places).orWorse(SaleLevel.of(day)) : SaleLevel.ENDED);
  }

  /**
   * Makes the slots that are missing from today on, site by site; harmless however often it runs.
   */
  public Uni<Void> generate() {
    return TimeSlotRepository.templates(database.client())
        .map(
            templates ->
                templates.stream()
                    .collect(
                        Collectors.groupingBy(
                            t -> t.template().siteId(), LinkedHashMap::new, Collectors.toList())))
        .chain(
            bySite ->
                Multi.createFrom()
                    .iterable(bySite.values())
                    .onItem()
                    .transformToUniAndConcatenate(this::generateSite)
                    .collect()
                    .last());
  }

  private Uni<Void> generateSite(List<TimeSlotRepository.SiteTemplate> templates) {
    Instant now = clock.instant();
    LocalDate today = today();
    // A slot of several days that began before today is still on sale.
    var days = today.minusDays(7).datesUntil(today.plusDays(settings.daysAhead() + 1L)).toList();
    var planned =
        templates.stream()
            .flatMap(t -> days.stream().flatMap(day -> t.template().slotsOn(day, zone()).stream()))
            .filter(plan -> plan.slot().isOnSaleAt(now))
            .toList();
    int dailyCapacity = templates.getFirst().dailyCapacity();
    return planned.isEmpty()
        ? Uni.createFrom().voidItem()
        : database.inTransaction(tx -> insert(tx, planned, dailyCapacity));
  }

  private java.time.ZoneId zone() {
    return settings.timeZone();
  }

  private Uni<Void> insert(
      SqlConnection tx, List<SlotTemplate.Planned> planned, int dailyCapacity) {
    var slots = planned.stream().map(SlotTemplate.Planned::slot).toList();
    var dayPools = slots.stream().map(TimeSlot::dayPoolId).collect(Collectors.toSet());
    return TimeSlotRepository.insertMissing(tx, slots)
        .chain(
            inserted ->
                reservations
                    .pools(tx, dayPools)
                    .map(
                        known -> {
                          Map<String, Integer> pools = new HashMap<>();
                          planned.stream()
                              .filter(plan -> inserted.contains(plan.slot().timeSlotId()))
                              .forEach(plan -> pools.put(plan.slot().poolId(), plan.quota()));
                          missing(dayPools, known).forEach(id -> pools.put(id, dailyCapacity));
                          return pools;
                        }))
        .chain(
            pools ->
                pools.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : reservations.definePools(tx, pools));
  }

  private static Set<String> missing(Set<String> wanted, Map<String, PoolState> known) {
    var missing = new HashSet<>(wanted);
    missing.removeAll(known.keySet());
    return missing;
  }
}
