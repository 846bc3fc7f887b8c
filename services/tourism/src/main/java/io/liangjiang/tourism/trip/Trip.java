package io.liangjiang.tourism.trip;

import io.liangjiang.tourism.slot.TimeSlot;
import io.liangjiang.tourism.ticket.Ticket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One purchase of tickets.
 *
 * @param citizenId whose it is
 * @param bookedBy who really bought it: the citizen, or a delegate
 * @param payerId who pays: the citizen, or that delegate
 * @param merchantId operator of all its sites
 * @param paymentOrderId null before the order exists, and for ever when nothing is to be paid
 * @param items in the order of the request
 * @param tickets in the order of the items; empty before it is confirmed
 */
public record Trip(
    UUID tripId,
    UUID citizenId,
    UUID bookedBy,
    UUID payerId,
    TripState state,
    String merchantId,
    @Nullable String paymentOrderId,
    Times times,
    List<Item> items,
    List<Ticket> tickets) {

  /**
   * When things happened or will.
   *
   * @param confirmed null before
   */
  public record Times(Instant created, Instant holdExpires, @Nullable Instant confirmed) {}

  /**
   * One ticket of the trip.
   *
   * @param amountMinor its price in fen
   * @param maskedName holder's name, all but the first character masked
   */
  public record Item(
      int position,
      TimeSlot slot,
      String productName,
      String riderCategory,
      long amountMinor,
      String maskedName,
      @Nullable UUID dependantId) {}

  /** Sum of the items, in fen. */
  public long totalMinor() {
    return items.stream().mapToLong(Item::amountMinor).sum();
  }

  /** The places it takes from each pool: those of its slots and those of their sites' days. */
  public Map<String, Integer> places() {
    return places(items.stream().map(Item::slot).toList());
  }

  /** The places that one ticket for each of the slots takes from each pool. */
  public static Map<String, Integer> places(List<TimeSlot> slots) {
    Map<String, Integer> places = new HashMap<>();
    for (TimeSlot slot : slots) {
      places.merge(slot.poolId(), 1, Integer::sum);
      places.merge(slot.dayPoolId(), 1, Integer::sum);
    }
    return places;
  }
}
